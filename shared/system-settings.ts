import * as z from 'zod/mini';

/** The global hot-keys on offer. Few, and none that writes a letter on any keyboard. */
export const HOT_KEYS = [
  'F8',
  'F9',
  'CommandOrControl+F8',
  'CommandOrControl+F9',
  'CommandOrControl+Shift+F9',
] as const;
export const hotKeySchema = z.enum(HOT_KEYS);
export type HotKey = z.infer<typeof hotKeySchema>;

/** Whether the system settings work on this PC. */
export const systemSettingsStatusSchema = z.strictObject({
  /** `taken`: another program has the key. */
  hotKey: z.enum(['off', 'works', 'taken']),
  /** `failed`: the system refuses the autostart entry. */
  autostart: z.enum(['off', 'works', 'failed']),
});
export type SystemSettingsStatus = z.infer<typeof systemSettingsStatusSchema>;
