import { useEffect, useEffectEvent } from 'react';
import type { Around } from '../fill-form.ts';
import { dialable } from './phone-input.ts';

type Parts = {
  /** Returns the phone field; null before it is drawn. */
  readonly field: () => HTMLInputElement | null;
  /** Handles a paste into the phone field; returns whether it was handled. */
  readonly onPaste: (text: string, around: Around) => boolean;
};

/**
 * Moves the cursor behind the text of the phone field when a number is typed, or any text pasted, while the focus is
 * on something that takes no text (a switch, a button, nothing): otherwise the text would be lost. Does nothing while
 * a dialog is open, or in the steps of the welcome, where a pasted text may be an API key.
 */
export function useTextOutsideFields(isActive: boolean, { field, onPaste }: Parts): void {
  const toField = (): HTMLInputElement | null => {
    if (document.querySelector('dialog:modal, .welcome') !== null) return null;
    const phone = field();
    phone?.focus();
    phone?.setSelectionRange(phone.value.length, phone.value.length);
    return phone;
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    // The browser types the character where the focus is after this.
    if (isNumberKey(event) && !takesDigits(focusOf(document.activeElement))) toField();
  });
  const onPasted = useEffectEvent((event: ClipboardEvent) => {
    if (event.defaultPrevented || focusOf(document.activeElement).kind === 'text') return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text === '') return;
    const phone = toField();
    // Otherwise the browser pastes it where the focus is after this.
    if (phone !== null && onPaste(text, { before: phone.value, after: '' })) event.preventDefault();
  });
  useEffect(() => {
    if (!isActive) return undefined;
    const keyListener = (event: KeyboardEvent): void => onKey(event);
    const pasteListener = (event: ClipboardEvent): void => onPasted(event);
    window.addEventListener('keydown', keyListener);
    window.addEventListener('paste', pasteListener);
    return () => {
      window.removeEventListener('keydown', keyListener);
      window.removeEventListener('paste', pasteListener);
    };
  }, [isActive]);
}

type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'isComposing' | 'defaultPrevented'
>;

/** Whether a key types a character of a phone number: a digit or a plus sign, and no shortcut. */
export function isNumberKey(press: KeyPress): boolean {
  if (press.altKey || press.ctrlKey || press.metaKey) return false;
  if (press.isComposing || press.defaultPrevented) return false;
  return press.key.length === 1 && dialable(press.key) !== '';
}

/** What has the focus: a text field, a list that is searched by typing, or something that takes no text. */
export type Focus =
  | { readonly kind: 'text' }
  | { readonly kind: 'list'; readonly entries: readonly string[] }
  | { readonly kind: 'no-text' };

/** Whether a typed digit belongs to what has the focus: a list takes it only to search for an entry with a digit. */
export function takesDigits(focus: Focus): boolean {
  if (focus.kind === 'list') return focus.entries.some((entry) => dialable(entry) !== '');
  return focus.kind === 'text';
}

/** The types of an `input` without text that the form has. */
const TEXTLESS = ['checkbox', 'radio'];

function focusOf(element: Element | null): Focus {
  if (element instanceof HTMLTextAreaElement) return { kind: 'text' };
  if (element instanceof HTMLInputElement && !TEXTLESS.includes(element.type))
    return { kind: 'text' };
  if (element instanceof HTMLSelectElement)
    return { kind: 'list', entries: [...element.options].map(({ text }) => text) };
  return { kind: 'no-text' };
}
