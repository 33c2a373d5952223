import type { FormDraft } from '../../shared/form-draft.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import type { ParsedPhone } from '../../shared/phone/phone.ts';
import type { EpochMs } from '../../shared/time.ts';
import { dialable, textBeforeDeletion } from './phone/phone-input.ts';

/** The reasons offered for sending again; `other` needs a text. */
export const REASONS = ['asked', 'notReceived', 'otherPerson', 'other'] as const;
export type Reason = (typeof REASONS)[number];

/** The user's "Send again anyway", for this one invitation. */
export type Force = {
  readonly reason: Reason | null;
  readonly other: string;
  /** The typed manager's PIN, where needed. */
  readonly pin: string;
};

/** The state of the switch when turned on: no reason yet. */
export const NO_REASON: Force = { reason: null, other: '', pin: '' };

/**
 * Restores the switch with an earlier reason from its stored text; `textOf` returns the text of each offered reason.
 */
export function forceAgain(
  text: string,
  textOf: (reason: Exclude<Reason, 'other'>) => string,
): Force {
  const reason = REASONS.find((one) => one !== 'other' && textOf(one) === text);
  return reason === undefined
    ? { ...NO_REASON, reason: 'other', other: text }
    : { ...NO_REASON, reason };
}

/** A number changed by typing. `isGone`: it was deleted or replaced as a whole, not corrected. */
export type Former = { readonly phone: string; readonly isGone: boolean };

/** The content of the form. */
export type Form = {
  /** One per filled form: pressing Enter twice saves one invitation. */
  readonly token: string;
  /** The phone number as shown. */
  readonly phone: string;
  readonly name: string;
  /** The name was pasted with the number: it is removed when another number is pasted. */
  readonly isNamePasted: boolean;
  /** The number that a pasted name belongs to, while the field shows another one; null otherwise. */
  readonly former: Former | null;
  readonly hasConsent: boolean;
  /** Whether the consent comes from an earlier invitation: it holds for that number only. */
  readonly isConsentCarried: boolean;
  readonly force: Force | null;
  /** The state that the switch gets as soon as it is offered: "Send again anyway" was chosen before it could be. */
  readonly wantedForce: Force | null;
  /** When the form asked whether this landline is meant, in milliseconds of the page's own clock; null before. */
  readonly askedAt: number | null;
  /** The business of the invitation that this one corrects; null for the chosen business. */
  readonly businessId: string | null;
  /** The invitation that this one corrects or repeats. */
  readonly replaces: string | null;
  /** When the open invitation was saved that this one will replace; null without one. */
  readonly correctsSince: EpochMs | null;
  /**
   * Null until the person types, deletes or pastes: until then the undo key applies to the last action. Then the text
   * that it puts back into an emptied phone field.
   */
  readonly typedPhone: string | null;
};

/** The phone field after a key press. `isOverAll`: its whole text was selected. */
export type PhoneTyped = {
  readonly kind: 'phone';
  readonly text: string;
  readonly isOverAll?: boolean;
};

/** A pasted or prefilled number and name. */
export type Filled = {
  readonly kind: 'filled';
  /** A new token when form content is replaced: two customers are never one invitation. */
  readonly token: string;
  readonly phone: string;
  readonly name: string;
  readonly isNamePasted: boolean;
  /** Whether the ticked boxes belong to the previous customer. */
  readonly isOtherCustomer: boolean;
};

/** All edits of a form. `token` is that of the next form. */
export type Edit =
  | PhoneTyped
  /** The same number in another format: nothing else changes. */
  | { readonly kind: 'tidied'; readonly phone: string }
  | Filled
  /** Parses the phone field again, because the phone rules loaded after typing. */
  | { readonly kind: 'phone-reread'; readonly read: (form: Form) => Edit }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'consent'; readonly isGiven: boolean }
  | { readonly kind: 'force'; readonly isOn: boolean }
  | { readonly kind: 'reason'; readonly reason: Reason | null }
  | { readonly kind: 'other-reason'; readonly text: string }
  | { readonly kind: 'pin'; readonly text: string }
  | { readonly kind: 'asked'; readonly at: number }
  | { readonly kind: 'left-alone' }
  /** The verdict changed: a force ticket belonged to the earlier one. */
  | { readonly kind: 'verdict-changed'; readonly isForceOffered: boolean }
  | { readonly kind: 'cleared'; readonly token: string }
  | { readonly kind: 'business-chosen' }
  /** Restores a cleared form or a form draft, with its token. */
  | { readonly kind: 'form-restored'; readonly form: FormDraft }
  /**
   * `sent` is saved; text typed since then belongs to the next customer. `tidied` is its number in the format that the
   * field may have changed it to.
   */
  | {
      readonly kind: 'saved';
      readonly sent: Form;
      readonly tidied: string;
      readonly token: string;
    }
  | {
      readonly kind: 'restored';
      readonly token: string;
      readonly phone: string;
      readonly name: string;
      readonly hasConsent: boolean;
      readonly businessId: string;
      readonly replaces: string;
      readonly wantedForce: Force | null;
      readonly correctsSince: EpochMs | null;
    };

/** Creates an empty form. */
export function emptyForm(token: string): Form {
  return {
    token,
    phone: '',
    name: '',
    isNamePasted: false,
    former: null,
    hasConsent: false,
    isConsentCarried: false,
    force: null,
    wantedForce: null,
    askedAt: null,
    businessId: null,
    replaces: null,
    correctsSince: null,
    typedPhone: null,
  };
}

/** Whether clearing the form would lose nothing. */
export function isEmpty(form: Form): boolean {
  return form.phone === '' && form.name === '' && !form.hasConsent;
}

/** More than anybody types, and small enough to save at every key. */
const KEPT_MAX = 4_000;

/** Returns the form draft to keep; null for an empty one. A "Send again anyway" is not kept: it ends with the page. */
export function toDraft(form: Form): FormDraft | null {
  if (isEmpty(form)) return null;
  const { token, isNamePasted, hasConsent, isConsentCarried, businessId, replaces, correctsSince } =
    form;
  const phone = form.phone.slice(0, KEPT_MAX);
  const name = form.name.slice(0, KEPT_MAX);
  return {
    token,
    phone,
    name,
    isNamePasted,
    hasConsent,
    isConsentCarried,
    businessId,
    replaces,
    correctsSince,
  };
}

/** Applies an edit. A "Send again anyway" belongs to one number and ends with it. */
export function formReducer(form: Form, edit: Edit): Form {
  switch (edit.kind) {
    case 'phone':
      return withPhone(form, edit);
    case 'tidied':
      return { ...form, phone: edit.phone };
    case 'filled':
      return withFilled(form, edit);
    case 'phone-reread': {
      const next = formReducer(form, edit.read(form));
      // No message would report a replaced form here: keep the typed content.
      return next.token === form.token ? next : form;
    }
    case 'name':
      return { ...touched(form), name: edit.text, isNamePasted: false, former: null };
    case 'consent':
      return { ...touched(form), hasConsent: edit.isGiven, isConsentCarried: false };
    case 'force':
      return { ...form, force: edit.isOn ? NO_REASON : null };
    case 'reason':
      return form.force === null
        ? form
        : { ...form, force: { ...form.force, reason: edit.reason } };
    case 'other-reason':
      return form.force === null ? form : { ...form, force: { ...form.force, other: edit.text } };
    case 'pin':
      return form.force === null ? form : { ...form, force: { ...form.force, pin: edit.text } };
    case 'asked':
      return { ...form, askedAt: edit.at };
    case 'left-alone':
      return { ...form, force: null, askedAt: null };
    case 'verdict-changed': {
      const { wantedForce } = form;
      return edit.isForceOffered
        ? { ...form, force: wantedForce, wantedForce: null, askedAt: null }
        : { ...form, force: null, askedAt: null };
    }
    case 'cleared':
      // The form was empty already: Ctrl+Z can still restore the deleted number.
      return { ...emptyForm(edit.token), typedPhone: isEmpty(form) ? form.typedPhone : null };
    case 'business-chosen':
      return { ...form, businessId: null };
    case 'form-restored':
      return { ...emptyForm(edit.form.token), ...edit.form };
    case 'saved':
      return afterSaving(form, edit);
    case 'restored':
      return {
        ...emptyForm(edit.token),
        phone: edit.phone,
        name: edit.name,
        hasConsent: edit.hasConsent,
        isConsentCarried: edit.hasConsent,
        businessId: edit.businessId,
        replaces: edit.replaces,
        wantedForce: edit.wantedForce,
        correctsSince: edit.correctsSince,
      };
    default:
      return edit satisfies never;
  }
}

/** A fast typist may have begun the next number before the reply came, behind the digits of the last one. */
function afterSaving(form: Form, edit: Extract<Edit, { readonly kind: 'saved' }>): Form {
  const { sent } = edit;
  const next = emptyForm(edit.token);
  const digits = dialable(form.phone);
  const before = [sent.phone, edit.tidied].map(dialable).find((start) => digits.startsWith(start));
  const phone = before === undefined ? form.phone : digits.slice(before.length);
  const name = form.name === sent.name ? '' : form.name;
  const hasConsent = form.hasConsent !== sent.hasConsent && form.hasConsent;
  const isSent = form.name === sent.name && form.hasConsent === sent.hasConsent;
  const isBegun = before === undefined || phone !== '' || !isSent;
  return { ...next, phone, name, hasConsent, typedPhone: isBegun ? phone : null };
}

function touched(form: Form): Form {
  return { ...form, typedPhone: form.typedPhone ?? form.phone };
}

function withPhone(
  before: Form,
  { text: phone, isOverAll = false }: Omit<PhoneTyped, 'kind'>,
): Form {
  if (phone === before.phone) return before;
  const typedPhone = textBeforeDeletion(before.typedPhone, before.phone, phone);
  const form = { ...before, typedPhone };
  if (dialable(phone) === dialable(form.phone)) return { ...form, phone };
  const former = formerOf(form, phone, isOverAll);
  const other = { ...form, phone, former, force: null, wantedForce: null, askedAt: null };
  return form.isConsentCarried ? { ...other, hasConsent: false, isConsentCarried: false } : other;
}

function formerOf(form: Form, phone: string, isOverAll: boolean): Former | null {
  if (!form.isNamePasted) return null;
  const before = form.former ?? { phone: form.phone, isGone: false };
  if (dialable(phone) === dialable(before.phone)) return null;
  return { ...before, isGone: before.isGone || isOverAll || dialable(phone) === '' };
}

function withFilled(form: Form, edit: Filled): Form {
  const { token, name, isNamePasted } = edit;
  const other = withPhone(form, { text: edit.phone });
  const filled = {
    ...(token === form.token ? touched(other) : { ...other, typedPhone: null }),
    token,
    name,
    isNamePasted,
    former: null,
  };
  return edit.isOtherCustomer ? { ...filled, hasConsent: false, isConsentCarried: false } : filled;
}

/** Returns the number to send to; null without one. */
export function numberOf(reading: ParsedPhone | null): E164 | null {
  return reading?.kind === 'complete' ? reading.e164 : null;
}
