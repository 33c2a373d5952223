import type { Settings } from '../../shared/settings.ts';
import type { Holidays } from '../os/holidays.ts';

/** Loads the holidays where sending hours need them. Practice and a desk without sending hours skip the loading. */
export async function holidaysFor(
  { loadHolidays }: { readonly loadHolidays: () => Promise<Holidays> },
  { sendingHours, sendOnHolidays }: Settings,
): Promise<Holidays | undefined> {
  return sendingHours === null || sendOnHolidays ? undefined : loadHolidays();
}
