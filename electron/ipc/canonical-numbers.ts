import * as z from 'zod/mini';
import { e164Schema, type E164 } from '../../shared/phone/e164.ts';
import type { CallName } from '../../shared/ipc/bridge.ts';
import type { Input } from '../../shared/ipc/contract.ts';

/** `true` is among the results when a value of this type contains a phone number. */
type HoldsNumber<T> = T extends E164
  ? true
  : T extends object
    ? { [K in keyof T]-?: HoldsNumber<T[K]> }[keyof T]
    : false;
type CallWithNumber = {
  [N in CallName]: true extends HoldsNumber<Input<N>> ? N : never;
}[CallName];

type WithNumber = { readonly phone: E164 } | { readonly phones: readonly E164[] };

/**
 * The spellings that each call with a number accepts; a missing call does not compile. `canonical`: only the spelling
 * of the lists and the database. `as-stored`: any, because the call reads or deletes data that an earlier version may
 * have stored with other number plans. It cannot unblock a customer: it acts on this exact string.
 */
const SPELLINGS: {
  readonly [N in CallWithNumber]: Input<N> extends WithNumber
    ? 'canonical' | 'as-stored'
    : 'as-stored';
} = {
  'verdict.check': 'canonical',
  'verdict.prefetch': 'canonical',
  'verdict.checkWithPartoo': 'canonical',
  'force.requestTicket': 'canonical',
  'invitation.enqueue': 'canonical',
  'doNotContact.optOut': 'canonical',
  'doNotContact.add': 'canonical',
  'doNotContact.undoOptOut': 'as-stored',
  'doNotContact.list': 'as-stored',
  'doNotContact.remove': 'as-stored',
  'customer.erase': 'as-stored',
};

const CANONICAL: ReadonlySet<string> = new Set(
  Object.entries(SPELLINGS).flatMap(([name, spelling]) => (spelling === 'canonical' ? name : [])),
);

const numbersSchema = z.object({
  phone: z.optional(e164Schema),
  phones: z.optional(z.array(e164Schema)),
});

/**
 * Checks whether the numbers in the parsed input of a call have an accepted spelling.
 *
 * SECURITY: the schemas check the shape of E.164 only. A compromised page could send a number in another spelling,
 * which is on no do-not-contact list and in no resend window. https://www.itu.int/rec/T-REC-E.164
 */
export async function areNumbersCanonical(name: CallName, input: unknown): Promise<boolean> {
  if (!CANONICAL.has(name)) return true;
  const { phone, phones = [] } = numbersSchema.parse(input);
  // Load the number plans of the world with the first number, not at the start.
  const { isCanonicalPhone } = await import('../../shared/phone/canonical-phone.ts');
  return [...phones, ...(phone === undefined ? [] : [phone])].every(isCanonicalPhone);
}
