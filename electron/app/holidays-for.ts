import type { Settings } from '../../shared/settings.ts';
import type { Holidays } from '../os/holidays.ts';

/** The holidays that a desk keeps. Practice has no hours and a desk without hours keeps none; they are spared the loading. */
export async function holidaysFor(
  { loadHolidays }: { readonly loadHolidays: () => Promise<Holidays> },
  { sendingHours, sendOnHolidays }: Settings,
): Promise<Holidays | undefined> {
  return sendingHours === null || sendOnHolidays ? undefined : loadHolidays();
}
