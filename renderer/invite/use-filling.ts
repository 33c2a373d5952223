import { useEffect, useMemo, useReducer } from 'react';
import { MINUTE_MS } from '../../shared/time.ts';
import type { Remembered } from '../../shared/remembered.ts';
import type { DeskSettings } from '../desk.ts';
import { useDelay } from '../hooks.ts';
import { usePhoneRules } from '../phone-rules.ts';
import { editForm, emptyForm, numberOf, type Edit } from './form.ts';
import { isMoreThanPhone, shownPhone, type Known } from './typed.ts';
import { useChoices } from './use-choices.ts';

export type Filling = ReturnType<typeof useFilling>;

export const newToken = (): string => crypto.randomUUID();

/** A name typed or filled in with the number goes where it belongs. */
function phoneEdit(known: Known | null, text: string): Edit {
  if (known === null) return { kind: 'phone', text };
  if (!isMoreThanPhone(text)) return { kind: 'phone', text: shownPhone(known, text) };
  const { phone, name } = known.rules.splitPasted(text, known.country);
  return phone === ''
    ? { kind: 'phone', text }
    : { kind: 'pasted', phone: shownPhone(known, phone), name };
}

/** The filled form and what its number is. What is typed before the phone rules are there is read when they are. */
export function useFilling(
  settings: DeskSettings | null,
  remembered: Remembered | null,
  firstText: string,
) {
  const rules = usePhoneRules();
  const [form, edit] = useReducer(editForm, firstText, (phone) => ({
    ...emptyForm(newToken()),
    phone,
  }));
  const choices = useChoices(settings, remembered);
  const country = settings?.defaultCountry ?? null;
  const known = useMemo<Known | null>(
    () => (rules === null || country === null ? null : { rules, country }),
    [rules, country],
  );

  const typePhone = (text: string): void => edit(phoneEdit(known, text));
  useEffect(() => {
    // Once they are drawn, so that every later key is read by them; by the reducer, so that no earlier one is missed.
    if (known !== null) edit({ kind: 'read-anew', read: (text) => phoneEdit(known, text) });
  }, [known]);
  /** False when the text is no more than a number. */
  const pastePhone = (text: string): boolean => {
    if (known === null || !isMoreThanPhone(text)) return false;
    const parts = known.rules.splitPasted(text, known.country);
    const phone = parts.phone === '' ? form.phone : shownPhone(known, parts.phone);
    edit({ kind: 'pasted', phone, name: parts.name });
    return true;
  };
  // A permission to send again does not wait for the next person at this desk.
  useDelay(form.force === null ? null : MINUTE_MS, form, () => edit({ kind: 'left-alone' }));

  const reading = known?.rules.readPhone(form.phone, known.country) ?? null;
  const businesses = settings?.businesses ?? [];
  return {
    form,
    edit,
    typePhone,
    pastePhone,
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
