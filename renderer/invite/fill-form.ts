import type { Pasted, ParsedPhone } from '../../shared/phone/phone.ts';
import { formReducer, type Filled, type Form, type PhoneTyped } from './form.ts';
import { dialable, tidyPhone, type Known } from './phone/phone-input.ts';

/** What a pasted text holds, as `parsePastedText` parts it; without a number the one of the form stays. */
export type Parts = { readonly phone: string; readonly name: string };

/**
 * Puts a pasted customer into the form. The name goes with its number: with another one it is replaced, by nothing when
 * the text holds no certain name. `nextToken` is used when something of the form is put aside.
 */
export function fillPasted(form: Form, parts: Parts, known: Known, nextToken: string): Filled {
  const phone = parts.phone === '' ? form.phone : tidyPhone(known, parts.phone);
  const isOtherCustomer = isOtherNumber(form, phone, known);
  const isNameKept = parts.name === '' && !isOtherCustomer;
  const name = isNameKept ? form.name : parts.name;
  return {
    kind: 'filled',
    token: loses(form, phone, name, known) ? nextToken : form.token,
    phone,
    name,
    isNamePasted: isNameKept ? form.isNamePasted : name !== '',
    isOtherCustomer,
  };
}

/** Whether a pasted text had digits, and none of them were taken: its number may be among them. */
export function leavesDigitsOut(text: string, { phone }: Parts): boolean {
  return phone === '' && /\p{Nd}/u.test(text);
}

/**
 * Puts a pasted number without anything else into the form: null when that is as if it had been typed. A name that came
 * with the number before goes with it; one that was typed by hand stays.
 */
export function fillNumber(
  form: Form,
  text: string,
  known: Known,
  nextToken: string,
): Filled | null {
  const phone = tidyPhone(known, text);
  const isOtherCustomer = form.isNamePasted && isOtherWhole(form, phone, known);
  if (!isOtherCustomer) return null;
  const token = nextToken;
  return { kind: 'filled', token, phone, name: '', isNamePasted: false, isOtherCustomer };
}

/**
 * A whole number that was typed in the place of the one which a pasted name came with: that name goes with its number. Null
 * when the number is the same, was corrected in its place, or is not whole.
 */
export function fillTyped(
  form: Form,
  typed: PhoneTyped,
  known: Known,
  nextToken: string,
): Filled | null {
  const next = formReducer(form, typed);
  if (next.former?.isGone !== true || !isOtherWhole(next, typed.text, known)) return null;
  const token = nextToken;
  return {
    kind: 'filled',
    token,
    phone: typed.text,
    name: '',
    isNamePasted: false,
    isOtherCustomer: true,
  };
}

/** What stands in the phone field before and behind what a paste takes the place of. */
export type Around = { readonly before: string; readonly after: string };

/**
 * A whole number that is pasted into a field in which another text stands: it takes the field, and a whole number that
 * stood there is offered. Null when the two are one number together, or when the pasted one is not whole.
 */
export function fillBeside(
  form: Form,
  text: string,
  { before, after }: Around,
  { rules, country }: Known,
): Pasted | null {
  const rest = rules.parsePhone(before + after, country);
  const pasted = rules.parsePhone(text, country);
  const both = rules.parsePhone(before + text + after, country);
  if (rest.kind === 'empty' || both.kind === 'complete' || pasted.kind !== 'complete') return null;
  const isOther = rest.kind === 'complete' && rest.e164 !== pasted.e164;
  const name = form.isNamePasted ? form.name : '';
  return {
    phone: text.trim(),
    name: '',
    others: isOther ? [{ phone: (before + after).trim(), name }] : [],
    isNameLeftOut: false,
    namesLeftOut: [],
  };
}

/** The number that the name of the form belongs to. */
export function numberBefore({ phone, former }: Form): string {
  return former?.isGone === true ? former.phone : phone;
}

/** Whether a number is not the one of the form: of an unfinished one only a name that came with it tells. */
function isOtherNumber(form: Form, phone: string, { rules, country }: Known): boolean {
  const phoneBefore = numberBefore(form);
  if (dialable(phone) === dialable(phoneBefore)) return false;
  const before = rules.parsePhone(phoneBefore, country);
  if (before.kind === 'complete') return !isSame(before, rules.parsePhone(phone, country));
  return form.isNamePasted && dialable(phoneBefore) !== '';
}

function isOtherWhole(form: Form, phone: string, { rules, country }: Known): boolean {
  const before = rules.parsePhone(numberBefore(form), country);
  const after = rules.parsePhone(phone, country);
  return before.kind === 'complete' && after.kind === 'complete' && !isSame(before, after);
}

function isSame(one: ParsedPhone, other: ParsedPhone): boolean {
  return one.kind === 'complete' && other.kind === 'complete' && one.e164 === other.e164;
}

/** Whether something that stands in the form is in the form no more. */
function loses(form: Form, phone: string, name: string, { rules, country }: Known): boolean {
  if (form.name.trim() !== '' && form.name.trim() !== name) return true;
  if (dialable(phone).startsWith(dialable(form.phone))) return false;
  return !isSame(rules.parsePhone(form.phone, country), rules.parsePhone(phone, country));
}
