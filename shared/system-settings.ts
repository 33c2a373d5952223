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

const handedNumber = {
  /** As written in the source: the form reads it as if it had been typed. */
  phone: z.string().check(z.minLength(1), z.maxLength(40)),
  name: z.string().check(z.maxLength(255)),
};

/** The parts of a text that were not taken, as after a paste. */
const leftOutSchema = z.strictObject({
  others: z.readonly(z.array(z.strictObject(handedNumber)).check(z.maxLength(3))),
  isNameLeftOut: z.boolean(),
  namesLeftOut: z.readonly(z.array(z.string().check(z.maxLength(255))).check(z.maxLength(3))),
});

export type LeftOut = z.infer<typeof leftOutSchema>;

/** A prefill from outside the window. It only fills the form. */
export const prefillSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('customer'),
    from: z.enum(['link', 'clipboard']),
    ...handedNumber,
    /** Omitted when the whole text was taken. */
    left: z.optional(leftOutSchema),
  }),
  /** A link without a valid customer. */
  z.strictObject({ kind: z.literal('refused') }),
]);
export type Prefill = z.infer<typeof prefillSchema>;

/** A choice in the window's menu. */
export const menuChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tab'),
    tab: z.enum(['invite', 'outbox', 'history', 'settings']),
  }),
  z.strictObject({ kind: z.literal('about') }),
]);
export type MenuChoice = z.infer<typeof menuChoiceSchema>;

/** One component of Deskbell, with its licence. */
export const licenceSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  licence: z.string(),
  text: z.string(),
});

/** The content of "About Deskbell". */
export const aboutSchema = z.strictObject({
  version: z.string(),
  licences: z.readonly(z.array(licenceSchema)),
  /** Whether the file with the browser's licences can be shown: a kiosk opens no other program. */
  browserLicences: z.enum(['there', 'absent']),
});
export type About = z.infer<typeof aboutSchema>;
