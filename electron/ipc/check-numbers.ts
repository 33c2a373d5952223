import * as z from 'zod/mini';
import { e164Schema, type E164 } from '../../shared/phone/e164.ts';
import type { CallName } from '../../shared/ipc/bridge.ts';
import type { Input } from '../../shared/ipc/contract.ts';

/** `true` among the results when a phone number stands somewhere in a value of this type. */
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
 * Which spellings each call with a number takes; a call that is missing here does not compile. `canonical`: only the one
 * that the lists and the log have. `as-stored`: any, because the call reads on or takes away what may have been stored by
 * an earlier version with other number plans. It can free nobody: it acts on this very string.
 */
const SPELLINGS: {
  readonly [N in CallWithNumber]: Input<N> extends WithNumber
    ? 'canonical' | 'as-stored'
    : 'as-stored';
} = {
  'verdict.check': 'canonical',
  'verdict.foresee': 'canonical',
  'verdict.ask': 'canonical',
  'force.ask': 'canonical',
  'invitation.enqueue': 'canonical',
  'doNotContact.add': 'canonical',
  'doNotContact.put': 'canonical',
  'doNotContact.undoAdd': 'as-stored',
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
 * Whether the numbers in the parsed input of a call are spelled as the call needs them.
 *
 * SECURITY: the schemas know the shape of E.164 only. A page that was taken over could send a number in another spelling,
 * which is on no do-not-contact list and in no ten days. https://www.itu.int/rec/T-REC-E.164
 */
export async function areNumbersCanonical(name: CallName, input: unknown): Promise<boolean> {
  if (!CANONICAL.has(name)) return true;
  const { phone, phones = [] } = numbersSchema.parse(input);
  // The number plans of the world are loaded with the first number, not at the start.
  const { isCanonicalPhone } = await import('../../shared/phone/canonical-phone.ts');
  return [...phones, ...(phone === undefined ? [] : [phone])].every(isCanonicalPhone);
}
