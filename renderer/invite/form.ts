import type { FormDraft } from '../../shared/form-draft.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import type { ParsedPhone } from '../../shared/phone/phone.ts';
import type { EpochMs } from '../../shared/time.ts';
import { dialable } from './phone/phone-input.ts';

/** The reasons that can be chosen for sending again; `other` is written out. */
export const REASONS = ['asked', 'notReceived', 'otherPerson', 'other'] as const;
export type Reason = (typeof REASONS)[number];

/** The wish to send inside the window, for this one send. */
export type Force = {
  readonly reason: Reason | null;
  readonly other: string;
  /** The manager's PIN as typed, where one is asked for. */
  readonly pin: string;
};

/** The switch as it is when it goes on: the reason is still to be given. */
export const NO_REASON: Force = { reason: null, other: '', pin: '' };

/** The switch with a reason that was given before, in the words that are kept; `wordsOf` says each reason that can be chosen. */
export function forceAgain(
  words: string,
  wordsOf: (reason: Exclude<Reason, 'other'>) => string,
): Force {
  const reason = REASONS.find((one) => one !== 'other' && wordsOf(one) === words);
  return reason === undefined
    ? { ...NO_REASON, reason: 'other', other: words }
    : { ...NO_REASON, reason };
}

/** A number that was changed by hand. `isGone`: it was deleted or typed over as a whole, and not corrected. */
export type Former = { readonly phone: string; readonly isGone: boolean };

/** What somebody has filled in. */
export type Form = {
  /** One per filled form: two Enters are one invitation. */
  readonly token: string;
  /** The phone number as it is shown. */
  readonly phone: string;
  readonly name: string;
  /** The name came together with the number: it goes when another number is pasted. */
  readonly isNamePasted: boolean;
  /** The number that a pasted name came with, while another one stands in the field; null when none does. */
  readonly former: Former | null;
  readonly hasConsent: boolean;
  /** Whether the tick came with an earlier invitation: it holds for that number only. */
  readonly isConsentCarried: boolean;
  readonly force: Force | null;
  /** What the switch becomes as soon as it is offered: somebody has chosen to send again anyway before it could be. */
  readonly wantedForce: Force | null;
  /** When Deskbell asked whether this landline is really meant, in milliseconds of the page's own clock; null while it has not. */
  readonly askedAt: number | null;
  /** Where the invitation goes that this one corrects; null for the business that is chosen. */
  readonly businessId: string | null;
  /** The invitation that this one corrects or repeats. */
  readonly replaces: string | null;
  /** When the open invitation was saved whose place this one will take; null when there is none. */
  readonly correctsSince: EpochMs | null;
};

/** What a key left in the phone field. `isOverAll`: all that stood there was selected. */
export type PhoneTyped = {
  readonly kind: 'phone';
  readonly text: string;
  readonly isOverAll?: boolean;
};

/** A number and a name that were pasted or handed over. */
export type Filled = {
  readonly kind: 'filled';
  /** Another one than before when something of the form is put aside: two customers are never one invitation. */
  readonly token: string;
  readonly phone: string;
  readonly name: string;
  readonly isNamePasted: boolean;
  /** Whether what was ticked belongs to the customer before. */
  readonly isOtherCustomer: boolean;
};

/** What can happen to a form. `token` is that of the next form. */
export type Edit =
  | PhoneTyped
  /** The same number in other words: nothing else changes. */
  | { readonly kind: 'tidied'; readonly phone: string }
  | Filled
  /** What stands in the phone field is read by rules that came later than the typing. */
  | { readonly kind: 'read-anew'; readonly read: (form: Form) => Edit }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'consent'; readonly isGiven: boolean }
  | { readonly kind: 'force'; readonly isOn: boolean }
  | { readonly kind: 'reason'; readonly reason: Reason | null }
  | { readonly kind: 'other-reason'; readonly text: string }
  | { readonly kind: 'pin'; readonly text: string }
  | { readonly kind: 'asked'; readonly at: number }
  | { readonly kind: 'left-alone' }
  /** Something else is known of the number: a permission to send again was another question. */
  | { readonly kind: 'shown-anew'; readonly isForceOffered: boolean }
  | { readonly kind: 'cleared'; readonly token: string }
  | { readonly kind: 'business-chosen' }
  /** A form that was put aside, or that outlived its page, is there again, with the token that it had. */
  | { readonly kind: 'brought-back'; readonly form: FormDraft }
  /**
   * `sent` is saved; what was typed since belongs to the next customer. `tidied` is its number in the words into which it
   * may have been brought since.
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

/** A form in which nothing is filled in. */
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
  };
}

/** Whether clearing the form would lose nothing. */
export function isEmpty(form: Form): boolean {
  return form.phone === '' && form.name === '' && !form.hasConsent;
}

/** More than anybody types, and little enough to be kept at every key. */
const KEPT_MAX = 4_000;

/** What of a form is worth keeping; null when that is nothing. A permission to send again is not: it ends with the page. */
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

/** The form after an edit. A permission to send again belongs to one number and ends with it. */
export function formReducer(form: Form, edit: Edit): Form {
  switch (edit.kind) {
    case 'phone':
      return withPhone(form, edit);
    case 'tidied':
      return { ...form, phone: edit.phone };
    case 'filled':
      return withFilled(form, edit);
    case 'read-anew': {
      const next = formReducer(form, edit.read(form));
      // Nobody would be told that something was put aside: it stays as it was typed.
      return next.token === form.token ? next : form;
    }
    case 'name':
      return { ...form, name: edit.text, isNamePasted: false, former: null };
    case 'consent':
      return { ...form, hasConsent: edit.isGiven, isConsentCarried: false };
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
    case 'shown-anew': {
      const { wantedForce } = form;
      return edit.isForceOffered
        ? { ...form, force: wantedForce, wantedForce: null, askedAt: null }
        : { ...form, force: null, askedAt: null };
    }
    case 'cleared':
      return emptyForm(edit.token);
    case 'business-chosen':
      return { ...form, businessId: null };
    case 'brought-back':
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

/** A fast typist has begun with the next number before the answer came, behind the digits of the last one. */
function afterSaving(form: Form, edit: Extract<Edit, { readonly kind: 'saved' }>): Form {
  const { sent } = edit;
  const next = emptyForm(edit.token);
  const digits = dialable(form.phone);
  const before = [sent.phone, edit.tidied].map(dialable).find((start) => digits.startsWith(start));
  const phone = before === undefined ? form.phone : digits.slice(before.length);
  const name = form.name === sent.name ? '' : form.name;
  const hasConsent = form.hasConsent !== sent.hasConsent && form.hasConsent;
  return { ...next, phone, name, hasConsent };
}

function withPhone(form: Form, { text: phone, isOverAll = false }: Omit<PhoneTyped, 'kind'>): Form {
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
  const filled = {
    ...withPhone(form, { text: edit.phone }),
    token,
    name,
    isNamePasted,
    former: null,
  };
  return edit.isOtherCustomer ? { ...filled, hasConsent: false, isConsentCarried: false } : filled;
}

/** The number to send to; null while there is none. */
export function numberOf(reading: ParsedPhone | null): E164 | null {
  return reading?.kind === 'complete' ? reading.e164 : null;
}
