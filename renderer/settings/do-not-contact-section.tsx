import { useState } from 'react';
import type { FileReading } from '../../shared/do-not-contact.ts';
import { useDesk } from '../hooks.ts';
import { useWords } from '../words.ts';
import { AddNumber } from './add-number.tsx';
import { ListImport } from './list-import.tsx';
import { NumberList } from './number-list.tsx';
import { useOffice } from './office.tsx';
import { SaidRegion, type Said } from '../said.tsx';
import { Section } from './section.tsx';
import { useNumberList } from './use-number-list.ts';
import './do-not-contact-section.css';

/** Who wants no SMS: looked through, added to, and taken to other desks and back. */
export function DoNotContactSection() {
  const { t } = useWords();
  const desk = useDesk();
  const { mode } = useOffice();
  const list = useNumberList();
  const [isShown, setShown] = useState(false);
  const [reading, setReading] = useState<Extract<FileReading, { kind: 'read' }> | null>(null);
  const [said, setSaid] = useState<Said | null>(null);

  const exportFile = async (): Promise<void> => {
    const answer = await desk.call('doNotContact.export', { as: 'csv' });
    if (!answer.ok) return setSaid({ kind: 'failure', failure: answer.failure });
    const { value } = answer;
    if (value.kind === 'cancelled') return setSaid(null);
    setSaid(
      value.kind === 'saved'
        ? {
            kind: 'good',
            text: t('settings.doNotContact.exported', { count: value.count, file: value.fileName }),
          }
        : { kind: 'bad', text: t(`settings.file.unwritable.${value.why}`) },
    );
  };
  const readFile = async (): Promise<void> => {
    setReading(null);
    const answer = await desk.call('doNotContact.readFile', { as: 'csv' });
    if (!answer.ok) return setSaid({ kind: 'failure', failure: answer.failure });
    const { value } = answer;
    if (value.kind === 'read') setReading(value);
    setSaid(
      value.kind === 'unreadable'
        ? { kind: 'bad', text: t(`settings.file.unreadable.${value.why}`) }
        : null,
    );
  };
  const importRead = async (): Promise<void> => {
    if (reading === null) return;
    const answer = await desk.call('doNotContact.import', { token: reading.token });
    setReading(null);
    if (!answer.ok) {
      const { failure } = answer;
      return setSaid(
        failure.kind === 'ticket'
          ? { kind: 'bad', text: t('settings.doNotContact.gone') }
          : { kind: 'failure', failure },
      );
    }
    const { added } = answer.value;
    setSaid({ kind: 'good', text: t('settings.doNotContact.imported', { count: added }) });
    list.again();
  };

  return (
    <Section name="doNotContact">
      <p className="section-lead">
        {t(mode === 'practice' ? 'settings.doNotContact.practice' : 'settings.doNotContact.about')}
      </p>
      <AddNumber
        onAdded={(text) => {
          setSaid({ kind: 'good', text });
          list.again();
        }}
      />
      <div className="buttons">
        <button
          type="button"
          className="button"
          aria-expanded={isShown}
          onClick={() => setShown(!isShown)}
        >
          {t(isShown ? 'settings.doNotContact.hide' : 'settings.doNotContact.show', {
            count: list.total,
          })}
        </button>
        <button type="button" className="button" onClick={() => void readFile()}>
          {t('settings.doNotContact.choose')}
        </button>
        <button type="button" className="button" onClick={() => void exportFile()}>
          {t('settings.doNotContact.export')}
        </button>
      </div>
      <SaidRegion said={said} />
      <ListImport
        reading={reading}
        onImport={() => void importRead()}
        onCancel={() => setReading(null)}
      />
      {isShown && (
        <NumberList
          list={list}
          onRemoved={(text) => setSaid({ kind: 'good', text })}
          onFailed={(failure) => setSaid({ kind: 'failure', failure })}
        />
      )}
    </Section>
  );
}
