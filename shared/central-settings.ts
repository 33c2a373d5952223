import * as z from 'zod/mini';
import { centralSettingsSchema, type CentralSettings } from './settings.ts';

const centralSchema = z.strictObject({
  version: z.string(),
  settings: centralSettingsSchema,
  shared: z.array(z.string()),
  unusable: z.array(z.string()),
});

/** What the site database gives to this desk, as it is kept for a start without the network. */
export type Central = z.infer<typeof centralSchema>;

/** A desk without central settings. */
export const NO_CENTRAL: Central = { version: '', settings: {}, shared: [], unusable: [] };

/** Parses the stored central settings; `NO_CENTRAL` if there are none or another version has stored them. The next hello reads them again. */
export function readCentral(kept: unknown): Central {
  const parsed = centralSchema.safeParse(kept);
  return parsed.success ? parsed.data : NO_CENTRAL;
}

/**
 * Takes over the values that the site database answered, each on its own. A name that this Deskbell does not know is passed over, for
 * the database may be newer; in place of a value that it cannot use, the last good one holds.
 */
export function takeCentral(
  given: {
    readonly version: string;
    readonly values: Readonly<Record<string, unknown>>;
    readonly shared: readonly string[];
  },
  before: Pick<Central, 'settings'>,
): Central {
  const settings: CentralSettings = {};
  const unusable: string[] = [];
  for (const [name, value] of Object.entries(given.values)) {
    if (!isCentral(name)) continue;
    const parsed = centralSettingsSchema.safeParse({ [name]: value });
    if (!parsed.success) unusable.push(name);
    const last = before.settings[name];
    if (parsed.success) Object.assign(settings, parsed.data);
    else if (last !== undefined) Object.assign(settings, { [name]: last });
  }
  const { version } = given;
  return { version, settings, shared: given.shared.filter(isCentral), unusable };
}

/** Whether the desks of the site share one list of staff. */
export function isStaffShared({ shared }: Pick<Central, 'shared'>): boolean {
  return shared.includes('staff');
}

function isCentral(name: string): name is keyof CentralSettings {
  return Object.hasOwn(centralSettingsSchema.shape, name);
}
