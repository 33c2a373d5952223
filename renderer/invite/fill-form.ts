import type { Pasted, ParsedPhone } from '../../shared/phone/phone.ts';
import { formReducer, type Filled, type Form, type PhoneTyped } from './form.ts';
import { dialable, tidyPhone, type Known } from './phone/phone-input.ts';

/** The parts of a pasted text from `parsePastedText`; without a number, the form keeps its own. */
export type Parts = { readonly phone: string; readonly name: string };

/**
 * Fills a pasted customer into the form. The name belongs to its number: another number replaces it, even by an empty
 * one when the text holds no certain name. `nextToken` is used when form content is replaced.
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

/** Whether a pasted text had digits and none were taken: its number may be among them. */
export function leavesDigitsOut(text: string, { phone }: Parts): boolean {
  return phone === '' && /\p{Nd}/u.test(text);
}

/**
 * Fills a pasted number without a name into the form: null when it needs no other treatment than a typed one. A name
 * that was pasted with the previous number is removed; a typed one stays.
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
 * Handles a complete number typed in place of the one that a pasted name belongs to: removes that name. Null when the
 * number is the same, was only corrected, or is incomplete.
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

/** The text of the phone field before and after the selection that a paste replaces. */
export type Around = { readonly before: string; readonly after: string };

/**
 * Handles a complete number pasted into a field with other text: it replaces the text, and a complete number that was
 * there is offered. Null when the two form one number, or when the pasted one is incomplete.
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

/** Returns the number that the form's name belongs to. */
export function numberBefore({ phone, former }: Form): string {
  return former?.isGone === true ? former.phone : phone;
}

/** Whether a number differs from the form's: an incomplete one counts only with a pasted name. */
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

/** Whether content of the form would be lost. */
function loses(form: Form, phone: string, name: string, { rules, country }: Known): boolean {
  if (form.name.trim() !== '' && form.name.trim() !== name) return true;
  if (dialable(phone).startsWith(dialable(form.phone))) return false;
  return !isSame(rules.parsePhone(form.phone, country), rules.parsePhone(phone, country));
}
