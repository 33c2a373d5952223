import { useEffect, useState } from 'react';
import { SECOND_MS } from '../../shared/time.ts';
import { useDelay } from '../time/use-clock.ts';
import { IconAlert } from '../components/icons.tsx';
import { useTranslations } from '../i18n/translations.ts';

/** More than a number, a name or a signature with both: the limit for fields without their own. */
const MOST = 2_000;

const SHOWN_MS = 12 * SECOND_MS;

type Cut = { readonly used: number; readonly taken: number };

/**
 * Cuts a pasted or dropped text to the room in the field, and says so: a browser cuts it silently, and a field without
 * a limit freezes for seconds on a whole book. Text areas handle this themselves.
 */
export function PasteLimit() {
  const { t } = useTranslations();
  const [cut, setCut] = useState<Cut | null>(null);
  useDelay(cut === null ? null : SHOWN_MS, cut, () => setCut(null));
  useEffect(() => {
    const onInput = (event: InputEvent): void => {
      const field = event.target;
      const { data } = event;
      if (!(field instanceof HTMLInputElement) || data === null) return;
      const room = roomFor(field);
      if (data.length <= room) return;
      event.preventDefault();
      event.stopPropagation();
      const taken = firstOf(data, room);
      // Inserted like a paste: it can be undone, and the field gets an input event. No other API does that.
      // oxlint-disable-next-line typescript/no-deprecated -- it has no successor
      if (taken !== '') document.execCommand('insertText', false, taken);
      setCut({ used: data.length, taken: taken.length });
    };
    document.addEventListener('beforeinput', onInput, { capture: true });
    return () => document.removeEventListener('beforeinput', onInput, { capture: true });
  }, []);
  return (
    <div className="paste-guard" role="status">
      {cut !== null && (
        <p className="note">
          <IconAlert />
          <span>
            {cut.taken === 0
              ? t('paste.full', { count: cut.used })
              : t('paste.cut', { used: cut.used, count: cut.taken })}
          </span>
        </p>
      )}
    </div>
  );
}

type Field = Pick<HTMLInputElement, 'value' | 'maxLength' | 'selectionStart' | 'selectionEnd'>;

/** Returns how many characters (UTF-16 units) a field can take in place of its selection. */
export function roomFor({ value, maxLength, selectionStart, selectionEnd }: Field): number {
  const most = maxLength < 0 ? MOST : maxLength;
  const selected = (selectionEnd ?? 0) - (selectionStart ?? 0);
  return Math.max(0, most - (value.length - selected));
}

/** Returns the beginning of a text, on one line and without cutting a character in two. */
export function firstOf(text: string, room: number): string {
  const line = text.slice(0, 2 * room).replaceAll(/[\r\n]+/g, ' ');
  const cut = line.slice(0, room);
  const isHalf = /[\uD800-\uDBFF]$/.test(cut);
  return isHalf ? cut.slice(0, -1) : cut;
}
