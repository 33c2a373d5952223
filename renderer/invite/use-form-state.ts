import { useEffect, useMemo, useReducer, useState } from 'react';
import { holdsPhoneNumber } from '../../shared/customer-name.ts';
import type { LeftOut } from '../../shared/prefill.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import type { LastChoices } from '../../shared/last-choices.ts';
import type { DeskSettings } from '../ipc/client.ts';
import { useDelay } from '../time/use-clock.ts';
import { usePhoneRules } from './phone/use-phone-rules.ts';
import type { OtherWriting, Pasted, PastedNumber } from '../../shared/phone/phone.ts';
import type { FormDraft } from '../../shared/form-draft.ts';
import {
  fillBeside,
  fillNumber,
  fillPasted,
  fillTyped,
  leavesDigitsOut,
  numberBefore,
  type Around,
} from './fill-form.ts';
import { formReducer, emptyForm, toDraft, numberOf, type Edit, type Form } from './form.ts';
import {
  isMoreThanPhone,
  shownPhone,
  tidyPhone,
  type Known,
  type TypedBy,
} from './phone/phone-input.ts';
import { useLastChoices } from './use-last-choices.ts';

/** A prefilled customer, with the parts of the text that were not taken. */
type HandedOver = PastedNumber & { readonly left?: LeftOut | undefined };

export type FormState = ReturnType<typeof useFormState>;

export const newToken = (): string => crypto.randomUUID();

/** Returns the edit for the phone field, which moves a name typed or filled in with the number to its field. */
function phoneEdit(known: Known | null, form: Form, text: string, by: TypedBy): Edit {
  if (known === null) return { kind: 'phone', text };
  const isLink = by === 'paste' && known.rules.parsePhone(text, known.country).kind === 'complete';
  if (isLink || !isMoreThanPhone(text)) {
    if (by !== 'paste') {
      const typed = {
        kind: 'phone',
        text: shownPhone(known, text),
        isOverAll: by === 'over-all',
      } as const;
      return fillTyped(form, typed, known, newToken()) ?? typed;
    }
    const pasted = fillNumber(form, text, known, newToken());
    return pasted ?? { kind: 'phone', text: tidyPhone(known, text) };
  }
  const { phone, name } = known.rules.parsePastedText(text, known.country);
  // Typed words that may not be a name stay in the field.
  return phone === '' || (name === '' && /\p{L}/u.test(text))
    ? { kind: 'phone', text }
    : fillPasted(form, { phone, name }, known, newToken());
}

/** The note about the last pasted text, valid while its number is in the form with that token. */
export type PasteNote = {
  readonly token: string;
  readonly isNameLeftOut: boolean;
  readonly namesLeftOut: readonly string[];
  /** Whether the text had digits but no phone number. */
  readonly areDigitsLeftOut: boolean;
  /** As written in the text, without the one that was taken. */
  readonly others: readonly PastedNumber[];
  /** The number and the name in the form. */
  readonly taken: PastedNumber;
  /** Whether the user chose the number that is taken. */
  readonly isChosen: boolean;
};

function noteOf(
  token: string,
  { phone, name, ...left }: Pasted,
  areDigitsLeftOut = false,
): PasteNote | null {
  const { others, isNameLeftOut, namesLeftOut } = left;
  const isNameSaid = isNameLeftOut || namesLeftOut.length > 0;
  if (others.length === 0 && !isNameSaid && !areDigitsLeftOut) return null;
  return { token, ...left, areDigitsLeftOut, taken: { phone, name }, isChosen: false };
}

/**
 * Provides the form and the parsed number. Text typed before the phone rules have loaded is parsed then. `onPutAside`
 * gets the form that a paste replaces.
 */
export function useFormState(
  settings: DeskSettings | null,
  remembered: LastChoices | null,
  firstText: string,
  onPutAside: (form: FormDraft) => void,
) {
  const rules = usePhoneRules();
  const [form, edit] = useReducer(formReducer, firstText, (phone) => ({
    ...emptyForm(newToken()),
    phone,
  }));
  const choices = useLastChoices(settings, remembered);
  const country = settings?.defaultCountry ?? null;
  const known = useMemo<Known | null>(
    () => (rules === null || country === null ? null : { rules, country }),
    [rules, country],
  );

  const reading = known?.rules.parsePhone(form.phone, known.country) ?? null;
  const other = known?.rules.otherWriting(form.phone, known.country) ?? null;
  /** The note shown when the field was left. It stays: the page must not move under a mouse press. */
  const [left, setLeft] = useState<(OtherWriting & { readonly token: string }) | null>(null);
  const [pasteNote, setPasteNote] = useState<PasteNote | null>(null);
  /** The token of the last form that replaced another one. */
  const [takenOver, setTakenOver] = useState<string | null>(null);
  /** Returns the form's new token. */
  const fill = (next: Edit): string => {
    edit(next);
    const { token } = formReducer(form, next);
    const kept = toDraft({ ...form, phone: numberBefore(form) });
    if (token !== form.token && kept !== null) {
      setTakenOver(token);
      onPutAside(kept);
    }
    return token;
  };
  const typePhone = (text: string, by: TypedBy): void => {
    setPasteNote(null);
    fill(phoneEdit(known, form, text, by));
  };
  /** Fills a prefilled customer into the form, and keeps a cleared form. Returns the token. */
  const takeCustomer = ({ phone, name, left: leftOut }: HandedOver): string => {
    edit({ kind: 'cleared', token: form.token });
    const token = fill({
      kind: 'filled',
      token: newToken(),
      phone: known === null ? phone : tidyPhone(known, phone),
      name,
      isNamePasted: name !== '',
      isOtherCustomer: true,
    });
    setPasteNote(leftOut === undefined ? null : noteOf(token, { phone, name, ...leftOut }));
    return token;
  };
  useEffect(() => {
    // After the rules are drawn, so that every later key is parsed with them; in the reducer, so that no earlier one
    // is missed.
    if (known !== null)
      edit({ kind: 'phone-reread', read: (typed) => phoneEdit(known, typed, typed.phone, 'hand') });
  }, [known]);
  /** False when the text is only a number, or cannot be split: the field then keeps it unchanged. */
  const pastePhone = (text: string, around: Around | null): boolean => {
    if (known === null) return false;
    const beside = around === null ? null : fillBeside(form, text, around, known);
    if (beside !== null) {
      setPasteNote(noteOf(fill(fillPasted(form, beside, known, newToken())), beside));
      return true;
    }
    const { parsePastedText, parsePhone } = known.rules;
    const isDigits = !isMoreThanPhone(text);
    if (isDigits && parsePhone(text, known.country).kind !== 'impossible') return false;
    const parts = parsePastedText(text, known.country);
    // Digits only are cut if they contain a complete number.
    if (isDigits && parsePhone(parts.phone, known.country).kind !== 'complete') return false;
    if (parts.name === '' && (parts.phone === '' || parts.phone === text.trim())) return false;
    const token = fill(fillPasted(form, parts, known, newToken()));
    setPasteNote(noteOf(token, parts, leavesDigitsOut(text, parts)));
    return true;
  };
  /**
   * A text with a phone number is a customer, whichever field it is pasted into; otherwise only the name is taken.
   * False: the text is the name as written.
   */
  const pasteName = (text: string, isOverAll: boolean): boolean => {
    if (known === null) return false;
    if (!holdsPhoneNumber(text)) {
      const pasted = isOverAll ? known.rules.readPastedName(text, known.country) : null;
      if (pasted === null) return false;
      // If no name is taken, the field keeps its text.
      if (pasted.name !== '') edit({ kind: 'name', text: pasted.name });
      setPasteNote(noteOf(form.token, { ...pasted, phone: form.phone }));
      return true;
    }
    const { phone } = known.rules.parsePastedText(text, known.country);
    if (known.rules.parsePhone(phone, known.country).kind !== 'complete') return false;
    if (!pastePhone(text, null)) typePhone(text, 'paste');
    return true;
  };
  /** Replaces the taken number by another number of the pasted text, with its name. */
  const takeOther = (number: PastedNumber): void => {
    if (known === null || pasteNote === null) return;
    const { taken, others } = pasteNote;
    // The name of the first number does not belong to the second.
    const isOtherName = form.name === taken.name || form.name === '';
    edit({
      kind: 'filled',
      token: form.token,
      phone: tidyPhone(known, number.phone),
      name: isOtherName ? number.name : form.name,
      isNamePasted: isOtherName ? number.name !== '' : form.isNamePasted,
      isOtherCustomer: false,
    });
    setPasteNote({
      ...pasteNote,
      taken: number,
      isChosen: true,
      others: others.map((each) => (each === number ? taken : each)),
    });
  };
  /** Tidies the phone field after it was left: no caret is in it. */
  const tidyField = (): void => {
    if (other === null) return;
    edit({ kind: 'tidied', phone: other.tidy });
    setLeft({ ...other, token: form.token });
  };
  // A "Send again anyway" must not stay for the next person at this desk.
  useDelay(form.force === null ? null : MINUTE_MS, form, () => edit({ kind: 'left-alone' }));

  const businesses = settings?.businesses ?? [];
  return {
    form,
    edit,
    typePhone,
    takeCustomer,
    pastePhone,
    pasteName,
    pasteNote: pasteNote?.token === form.token ? pasteNote : null,
    takeOther,
    /** Whether nothing was typed since the form replaced another one. */
    isAsTakenOver: takenOver === form.token && form.typedPhone === null,
    tidyField,
    /** How the number is read, if that differs from the field. */
    otherWriting: other ?? (left?.token === form.token && left.tidy === form.phone ? left : null),
    /** The number as the field shows it after it was left. */
    tidied: other?.tidy ?? form.phone,
    known,
    reading,
    phone: numberOf(reading),
    business:
      businesses.find(({ id }) => id === form.businessId) ??
      businesses.find(({ id }) => id === choices.businessId) ??
      businesses[0],
    chooseBusiness: (id: string): void => {
      edit({ kind: 'business-chosen' });
      choices.chooseBusiness(id);
    },
    staff: choices.staff,
    chooseStaff: choices.chooseStaff,
  };
}
