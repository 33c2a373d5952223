import * as z from 'zod/mini';

/** How many digits a PIN has: quick to type at a desk; guessing is slowed down. */
export const PIN_DIGITS = { least: 4, most: 12 } as const;

/** A PIN that may be set. */
export const pinSchema = z
  .string()
  .check(z.minLength(PIN_DIGITS.least), z.maxLength(PIN_DIGITS.most), z.regex(/^\d+$/));

/** What somebody typed as a PIN: anything may turn out to be wrong. */
export const typedPinSchema = z.string().check(z.maxLength(64));

/** Whether a manager's PIN guards what managers do. */
export const pinStatusSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** After wrong tries nobody may try again for a while. */
  z.strictObject({ kind: z.literal('locked'), waitSeconds: z.int() }),
  z.strictObject({ kind: z.literal('unlocked') }),
]);

export type PinStatus = z.infer<typeof pinStatusSchema>;

/** What came of a PIN that somebody typed. */
export type PinCheck =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong'; readonly waitSeconds: number }
  /** After wrong tries nobody may try yet: this one was not looked at. */
  | { readonly kind: 'too-early'; readonly waitSeconds: number }
  /** There is no PIN to check against. */
  | { readonly kind: 'none' };

export type PinRefusal =
  | { readonly kind: 'wrong-pin'; readonly waitSeconds: number }
  | { readonly kind: 'pin-wait'; readonly waitSeconds: number };

/** Why a checked PIN does not open anything; undefined when it does, or there is none to check against. */
export function refusalOf(check: PinCheck): PinRefusal | undefined {
  switch (check.kind) {
    case 'right':
    case 'none':
      return undefined;
    case 'wrong':
      return { kind: 'wrong-pin', waitSeconds: check.waitSeconds };
    case 'too-early':
      return { kind: 'pin-wait', waitSeconds: check.waitSeconds };
    default:
      return check satisfies never;
  }
}
