import * as z from 'zod/mini';

/** Keys that bring Deskbell up from anywhere. Few, and none that writes a letter on any keyboard. */
export const HOT_KEYS = [
  'F8',
  'F9',
  'CommandOrControl+F8',
  'CommandOrControl+F9',
  'CommandOrControl+Shift+F9',
] as const;
export const hotKeySchema = z.enum(HOT_KEYS);
export type HotKey = z.infer<typeof hotKeySchema>;

/** How the wishes of the settings stand with this PC. */
export const systemSettingsStatusSchema = z.strictObject({
  /** `taken`: another program has the key. */
  hotKey: z.enum(['off', 'works', 'taken']),
  /** `failed`: the system does not take Deskbell among what starts with it. */
  autostart: z.enum(['off', 'works', 'failed']),
});
export type SystemSettingsStatus = z.infer<typeof systemSettingsStatusSchema>;

const handedNumber = {
  /** As written there: the form reads it as if it had been typed. */
  phone: z.string().check(z.minLength(1), z.maxLength(40)),
  name: z.string().check(z.maxLength(255)),
};

/** What of a text was not taken, as at a paste. */
const leftOutSchema = z.strictObject({
  others: z.readonly(z.array(z.strictObject(handedNumber)).check(z.maxLength(3))),
  isNameLeftOut: z.boolean(),
  namesLeftOut: z.readonly(z.array(z.string().check(z.maxLength(255))).check(z.maxLength(3))),
});

export type LeftOut = z.infer<typeof leftOutSchema>;

/** What is handed to the form from outside the window. It fills the form, and nothing more. */
export const prefillSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('customer'),
    from: z.enum(['link', 'clipboard']),
    ...handedNumber,
    /** Left out where all of the text was taken. */
    left: z.optional(leftOutSchema),
  }),
  /** A link that says no customer. */
  z.strictObject({ kind: z.literal('refused') }),
]);
export type Prefill = z.infer<typeof prefillSchema>;

/** What somebody chose in the menu of the window. */
export const menuChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tab'),
    tab: z.enum(['invite', 'outbox', 'history', 'settings']),
  }),
  z.strictObject({ kind: z.literal('about') }),
]);
export type MenuChoice = z.infer<typeof menuChoiceSchema>;

/** One part that Deskbell is made of, and the terms on which it may be. */
export const licenceSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  licence: z.string(),
  text: z.string(),
});

/** What "About Deskbell" shows. */
export const aboutSchema = z.strictObject({
  version: z.string(),
  licences: z.readonly(z.array(licenceSchema)),
  /** Whether the file with the licences of the browser can be shown here: a kiosk opens no other program. */
  browserLicences: z.enum(['there', 'absent']),
});
export type About = z.infer<typeof aboutSchema>;
