import { useState } from 'react';
import type { FileReading, ListColumn } from '../../../shared/do-not-contact.ts';
import type { AnyFailure } from '../../ipc/client.ts';
import { useIpc } from '../../ipc/use-ipc.ts';
import { useOneAtATime } from '../../components/use-one-at-a-time.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { AddNumber } from './add-number.tsx';
import { ColumnChoice } from './column-choice.tsx';
import { ListImport } from './list-import.tsx';
import { NumberList } from './number-list.tsx';
import { useSettings } from '../settings-context.tsx';
import { StatusRegion, type StatusMessage } from '../../components/status-message.tsx';
import { Section } from '../section.tsx';
import { useNumberList } from './use-number-list.ts';
import './do-not-contact-section.css';

/** The file whose columns are being chosen. */
type Picking = {
  readonly token: string;
  readonly fileName: string;
  readonly columns: readonly ListColumn[];
};

/** The do-not-contact list: search, add, export and import. */
export function DoNotContactSection() {
  const { t } = useTranslations();
  const ipc = useIpc();
  const oneAtATime = useOneAtATime();
  const { mode } = useSettings();
  const list = useNumberList();
  const [isShown, setShown] = useState(false);
  const [reading, setReading] = useState<Extract<FileReading, { kind: 'read' }> | null>(null);
  const [picking, setPicking] = useState<Picking | null>(null);
  const [said, setSaid] = useState<StatusMessage | null>(null);
  /** The error of the typed number. One message is shown at a time: the last one. */
  const [wrong, setWrong] = useState<StatusMessage | null>(null);
  const say = (next: StatusMessage | null): void => {
    setSaid(next);
    setWrong(null);
  };

  const exportFile = async (): Promise<void> => {
    const answer = await ipc.call('doNotContact.export', { as: 'csv' });
    if (!answer.ok) return say({ kind: 'failure', failure: answer.failure });
    const { value } = answer;
    if (value.kind === 'cancelled') return say(null);
    say(
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
    setPicking(null);
    const answer = await ipc.call('doNotContact.previewImport', { as: 'csv' });
    if (!answer.ok) return say({ kind: 'failure', failure: answer.failure });
    take(answer.value);
  };
  const take = (value: FileReading): void => {
    setReading(value.kind === 'read' ? value : null);
    setPicking(value.kind === 'columns' ? value : null);
    say(
      value.kind === 'unreadable'
        ? { kind: 'bad', text: t(`settings.file.unreadable.${value.why}`) }
        : null,
    );
  };
  const choose = async (token: string, columns: readonly number[]): Promise<void> => {
    const answer = await ipc.call('doNotContact.chooseColumns', { token, columns: [...columns] });
    if (answer.ok) return take(answer.value);
    setPicking(null);
    return say(unreadable(answer.failure));
  };
  const unreadable = (failure: AnyFailure): StatusMessage =>
    failure.kind === 'ticket'
      ? { kind: 'bad', text: t('settings.doNotContact.gone') }
      : { kind: 'failure', failure };
  const importRead = async (): Promise<void> => {
    if (reading === null) return;
    const answer = await ipc.call('doNotContact.confirmImport', { token: reading.token });
    setReading(null);
    if (!answer.ok) return say(unreadable(answer.failure));
    const { added } = answer.value;
    say({ kind: 'good', text: t('settings.doNotContact.imported', { count: added }) });
    list.again();
  };

  return (
    <Section name="doNotContact">
      <p className="section-lead">
        {t(mode === 'practice' ? 'settings.doNotContact.practice' : 'settings.doNotContact.about')}
      </p>
      <AddNumber
        wrong={wrong}
        onWrong={(problem) => {
          setSaid(null);
          setWrong(problem);
        }}
        onAdded={(text) => {
          say({ kind: 'good', text });
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
      {list.elsewhere > 0 && (
        <p className="hint">{t('settings.doNotContact.elsewhere', { count: list.elsewhere })}</p>
      )}
      <StatusRegion said={said} />
      {picking !== null && (
        <ColumnChoice
          key={picking.token}
          fileName={picking.fileName}
          columns={picking.columns}
          onChoose={(columns) => void choose(picking.token, columns)}
          onCancel={() => setPicking(null)}
        />
      )}
      <ListImport
        reading={reading}
        onImport={() => void oneAtATime('import', importRead)}
        onCancel={() => setReading(null)}
        onChange={() => {
          setPicking(reading);
          setReading(null);
        }}
      />
      {isShown && (
        <NumberList
          list={list}
          onRemoved={(text) => say({ kind: 'good', text })}
          onFailed={(failure) => say({ kind: 'failure', failure })}
        />
      )}
    </Section>
  );
}
