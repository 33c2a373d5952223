import type { FileReading } from '../../../shared/do-not-contact.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { columnName } from './column-choice.tsx';

type Reading = Extract<FileReading, { readonly kind: 'read' }>;

type Props = {
  /** Null without a report. */
  readonly reading: Reading | null;
  readonly onImport: () => void;
  readonly onCancel: () => void;
  /** Opens the choice of columns again. */
  readonly onChange: () => void;
};

/** Previews an import, line by line where the file cannot be read. Nothing has been imported yet. */
export function ListImport({ reading, onImport, onCancel, onChange }: Props) {
  const { t } = useTranslations();
  return (
    <div
      className="list-import"
      {...(reading !== null && { role: 'group', 'aria-label': t('settings.doNotContact.report') })}
    >
      <div role="status">{reading !== null && <Counts reading={reading} />}</div>
      {reading !== null && (
        <Report reading={reading} onImport={onImport} onCancel={onCancel} onChange={onChange} />
      )}
    </div>
  );
}

/** The counts of the report, which are announced. */
function Counts({ reading }: { readonly reading: Reading }) {
  const { t, list } = useTranslations();
  const { fileName, fresh, known, doubled, landlines, without, problemCount } = reading;
  const hasNumbers = fresh + known + doubled + landlines > 0;
  const taken = reading.columns.filter(({ isTaken }) => isTaken);
  return (
    <>
      <h3>{t('settings.doNotContact.fromFile', { file: fileName })}</h3>
      <ul className="counts">
        <li>
          {hasNumbers
            ? t('settings.doNotContact.fresh', { count: fresh })
            : t('settings.doNotContact.noNumbers')}
        </li>
        {known > 0 && <li>{t('settings.doNotContact.known', { count: known })}</li>}
        {doubled > 0 && <li>{t('settings.doNotContact.doubled', { count: doubled })}</li>}
        {landlines > 0 && <li>{t('settings.doNotContact.landlines', { count: landlines })}</li>}
        {without > 0 && <li>{t('settings.doNotContact.without', { count: without })}</li>}
        {taken.length > 0 && (
          <li>
            {t('settings.doNotContact.pick.from', {
              columns: list(taken.map((column) => columnName(column, t))),
            })}
          </li>
        )}
        {problemCount > 0 && (
          <li>{t('settings.doNotContact.problems', { count: problemCount })}</li>
        )}
      </ul>
    </>
  );
}

function Report({ reading, onImport, onCancel, onChange }: Props & { readonly reading: Reading }) {
  const { t } = useTranslations();
  const { fresh, landlines, problems, columns } = reading;
  return (
    <>
      {problems.length > 0 && (
        <ol className="line-problems" aria-label={t('settings.doNotContact.lines')}>
          {problems.map(({ line, why, text }) => (
            <li key={`${line} ${text}`}>
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
        {(columns.length > 1 || landlines > 0) && (
          <button type="button" className="button" onClick={onChange}>
            {t('settings.doNotContact.pick.change')}
          </button>
        )}
        <button type="button" className="button" onClick={onCancel}>
          {t('settings.doNotContact.leave')}
        </button>
      </div>
    </>
  );
}
