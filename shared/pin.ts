import * as z from 'zod/mini';

/** How many digits a PIN has: quick to type at a desk; guessing is slowed down. */
export const PIN_DIGITS = { least: 4, most: 12 } as const;

/** A PIN that may be set. */
export const pinSchema = z
  .string()
  .check(z.minLength(PIN_DIGITS.least), z.maxLength(PIN_DIGITS.most), z.regex(/^\d+$/));

/** A typed PIN of any content, to be checked. */
export const typedPinSchema = z.string().check(z.maxLength(64));

/** Whether a manager's PIN protects managers' actions. */
export const pinStatusSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** After wrong tries, no PIN is checked for a while. */
  z.strictObject({ kind: z.literal('locked'), waitSeconds: z.int() }),
  z.strictObject({ kind: z.literal('unlocked') }),
]);

export type PinStatus = z.infer<typeof pinStatusSchema>;

/** The result of checking a typed PIN. */
export type PinCheck =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong'; readonly waitSeconds: number }
  /** Not checked because of the delay after wrong tries. */
  | { readonly kind: 'too-early'; readonly waitSeconds: number }
  /** There is no PIN to check against. */
  | { readonly kind: 'none' };

export type PinRefusal =
  | { readonly kind: 'wrong-pin'; readonly waitSeconds: number }
  | { readonly kind: 'pin-wait'; readonly waitSeconds: number };

/** Why a checked PIN unlocks nothing; undefined when it is right, or when there is no PIN. */
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
