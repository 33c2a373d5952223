import type { FileReading } from '../../shared/do-not-contact.ts';
import { useWords } from '../words.ts';

type Reading = Extract<FileReading, { readonly kind: 'read' }>;

type Props = {
  /** Null while there is no report. */
  readonly reading: Reading | null;
  readonly onImport: () => void;
  readonly onCancel: () => void;
};

/** What a file would do to the list, line by line where it cannot be read. Nothing has been done yet. */
export function ListImport({ reading, onImport, onCancel }: Props) {
  const { t } = useWords();
  return (
    <div
      className="list-import"
      {...(reading !== null && { role: 'group', 'aria-label': t('settings.doNotContact.report') })}
    >
      <div role="status">{reading !== null && <Counts reading={reading} />}</div>
      {reading !== null && <Report reading={reading} onImport={onImport} onCancel={onCancel} />}
    </div>
  );
}

/** The report in numbers: what is read aloud of it. */
function Counts({ reading }: { readonly reading: Reading }) {
  const { t } = useWords();
  const { fileName, fresh, known, doubled, problemCount } = reading;
  return (
    <>
      <h3>{t('settings.doNotContact.fromFile', { file: fileName })}</h3>
      <ul className="counts">
        <li>{t('settings.doNotContact.fresh', { count: fresh })}</li>
        {known > 0 && <li>{t('settings.doNotContact.known', { count: known })}</li>}
        {doubled > 0 && <li>{t('settings.doNotContact.doubled', { count: doubled })}</li>}
        {problemCount > 0 && (
          <li>{t('settings.doNotContact.problems', { count: problemCount })}</li>
        )}
      </ul>
    </>
  );
}

function Report({ reading, onImport, onCancel }: Props & { readonly reading: Reading }) {
  const { t } = useWords();
  const { fresh, problems } = reading;
  return (
    <>
      {problems.length > 0 && (
        <ol className="line-problems" aria-label={t('settings.doNotContact.lines')}>
          {problems.map(({ line, why, text }) => (
            <li key={line}>
              <span>{t('settings.doNotContact.line', { line })}</span>
              <span>{t(`settings.doNotContact.why.${why}`)}</span>
              <code>{text}</code>
            </li>
          ))}
        </ol>
      )}
      <div className="buttons">
        {fresh > 0 && (
          <button type="button" className="button button-primary" onClick={onImport}>
            {t('settings.doNotContact.import', { count: fresh })}
          </button>
        )}
        <button type="button" className="button" onClick={onCancel}>
          {t('settings.doNotContact.leave')}
        </button>
      </div>
    </>
  );
}
