import { useId, useState } from 'react';
import { readPhone } from '../../shared/phone.ts';
import { useDesk } from '../hooks.ts';
import { useWords } from '../words.ts';
import { useOffice } from './office.tsx';
import { SaidRegion, type Said } from '../said.tsx';

const NUMBER_MAX = 40;

/** Puts one number on the list. */
export function AddNumber({ onAdded }: { readonly onAdded: (text: string) => void }) {
  const { t } = useWords();
  const desk = useDesk();
  const { settings } = useOffice();
  const fieldId = useId();
  const [text, setText] = useState('');
  const [said, setSaid] = useState<Said | null>(null);

  const add = async (): Promise<void> => {
    const reading = readPhone(text, settings.defaultCountry);
    if (reading.kind !== 'complete') {
      return setSaid({ kind: 'bad', text: t('settings.doNotContact.noNumber') });
    }
    const answer = await desk.call('doNotContact.put', { phone: reading.e164 });
    if (!answer.ok) return setSaid({ kind: 'failure', failure: answer.failure });
    setText('');
    setSaid(null);
    onAdded(
      t(answer.value.added > 0 ? 'settings.doNotContact.added' : 'settings.doNotContact.already'),
    );
  };
  return (
    <form
      className="field"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <label htmlFor={fieldId}>{t('settings.doNotContact.number')}</label>
      <div className="with-button">
        <input
          id={fieldId}
          className="input"
          type="text"
          inputMode="tel"
          autoComplete="off"
          maxLength={NUMBER_MAX}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" className="button">
          {t('settings.doNotContact.add')}
        </button>
      </div>
      <SaidRegion said={said} />
    </form>
  );
}
