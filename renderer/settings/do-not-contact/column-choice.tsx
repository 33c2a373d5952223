import { useEffect, useId, useRef, useState } from 'react';
import type { ListColumn } from '../../../shared/do-not-contact.ts';
import { StatusRegion } from '../../components/status-message.tsx';
import { useTranslations } from '../../i18n/translations.ts';

type Props = {
  readonly fileName: string;
  readonly columns: readonly ListColumn[];
  readonly onChoose: (columns: readonly number[]) => void;
  readonly onCancel: () => void;
};

/** Asks which columns of a file hold the numbers, if that is unclear: shows each with its heading and some cells. */
export function ColumnChoice({ fileName, columns, onChoose, onCancel }: Props) {
  const { t } = useTranslations();
  const hintId = useId();
  const question = useRef<HTMLFieldSetElement>(null);
  // It follows a system dialog: move the focus there for screen reader users.
  useEffect(() => question.current?.focus(), []);
  const [taken, setTaken] = useState<ReadonlySet<number>>(
    () => new Set(columns.filter(({ isTaken }) => isTaken).map(({ at }) => at)),
  );
  const [isMissed, setMissed] = useState(false);

  const toggle = (at: number): void => {
    setMissed(false);
    setTaken((before) => {
      const after = new Set(before);
      if (!after.delete(at)) after.add(at);
      return after;
    });
  };
  return (
    <form
      className="list-columns"
      onSubmit={(event) => {
        event.preventDefault();
        if (taken.size === 0) setMissed(true);
        else onChoose([...taken].toSorted((one, other) => one - other));
      }}
    >
      <fieldset ref={question} tabIndex={-1} aria-describedby={hintId}>
        <legend>{t('settings.doNotContact.pick.title')}</legend>
        <p className="hint" id={hintId}>
          {t('settings.doNotContact.pick.hint', { file: fileName })}
        </p>
        <ul className="column-list">
          {columns.map((column) => (
            <ColumnCheckbox
              key={column.at}
              column={column}
              isTaken={taken.has(column.at)}
              onToggle={() => toggle(column.at)}
            />
          ))}
        </ul>
      </fieldset>
      <StatusRegion
        said={isMissed ? { kind: 'bad', text: t('settings.doNotContact.pick.none') } : null}
      />
      <div className="buttons">
        <button type="submit" className="button button-primary">
          {t('settings.doNotContact.pick.go')}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {t('settings.doNotContact.leave')}
        </button>
      </div>
    </form>
  );
}

type ChoiceProps = {
  readonly column: ListColumn;
  readonly isTaken: boolean;
  readonly onToggle: () => void;
};

function ColumnCheckbox({ column, isTaken, onToggle }: ChoiceProps) {
  const { t } = useTranslations();
  const samplesId = useId();
  const { samples, numbers } = column;
  return (
    <li>
      <label className="check">
        <input type="checkbox" checked={isTaken} aria-describedby={samplesId} onChange={onToggle} />
        <span className="column-name">{columnName(column, t)}</span>
      </label>
      <div id={samplesId} className="column-samples">
        <span className="hint">{t('settings.doNotContact.pick.numbers', { count: numbers })}</span>
        {[...new Set(samples)].map((sample) => (
          <code key={sample}>{sample}</code>
        ))}
      </div>
    </li>
  );
}

/** Returns the name of a column: its heading, else its position. */
export function columnName(
  { heading, at }: ListColumn,
  t: ReturnType<typeof useTranslations>['t'],
): string {
  return heading ?? t('settings.doNotContact.pick.unnamed', { place: at + 1 });
}
