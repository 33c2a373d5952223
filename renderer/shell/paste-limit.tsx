import { useEffect, useState } from 'react';
import { SECOND_MS } from '../../shared/time.ts';
import { useDelay } from '../ipc/use-ipc.ts';
import { IconAlert } from '../components/icons.tsx';
import { useTranslations } from '../i18n/translations.ts';
import { roomFor, firstOf } from './paste-room.ts';

const SHOWN_MS = 12 * SECOND_MS;

type Cut = { readonly used: number; readonly taken: number };

/**
 * Takes of a pasted or dropped text what the field has room for, and says so: a browser cuts it off in silence, and a
 * field without a limit stands still for seconds over a book. A text area looks after itself.
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
      // As if it had been pasted: it can be undone, and the field hears of it. Nothing else can do that.
      // oxlint-disable-next-line typescript/no-deprecated -- there is no successor to it
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
