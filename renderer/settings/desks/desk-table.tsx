import { Fragment } from 'react';
import type { DeskReport } from '../../../shared/other-desks.ts';
import type { StatusMessage } from '../../components/status-message.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import { useNow } from '../../time/use-clock.ts';
import { DeskActions } from './desk-actions.tsx';
import { READ_EVERY_MS } from './read-report.ts';
import { deskNotes, waitingText } from './report-text.ts';

type Props = Pick<DeskReport, 'desks'> & {
  readonly say: (said: StatusMessage | null) => void;
  /** Reads the report again. */
  readonly again: () => void;
};

/** The desks of this site, each with its actions in a row of its own: the names may be long. */
export function DeskTable({ desks, say, again }: Props) {
  const translations = useTranslations();
  const { t, ago } = translations;
  const now = useNow(READ_EVERY_MS);
  return (
    <table className="desks">
      <thead>
        <tr>
          <th scope="col">{t('settings.desks.column.desk')}</th>
          <th scope="col">{t('settings.desks.column.seen')}</th>
          <th scope="col">{t('settings.desks.column.waiting')}</th>
          <th scope="col">{t('settings.desks.column.version')}</th>
        </tr>
      </thead>
      <tbody>
        {desks.map((desk) => (
          <Fragment key={desk.id}>
            <tr>
              <th scope="row">
                <span dir="auto">{desk.name}</span>
                {deskNotes(translations, desk).map((note) => (
                  <span key={note} className="desk-note">
                    {note}
                  </span>
                ))}
              </th>
              <td>{ago(desk.seenAt, now)}</td>
              <td>{waitingText(translations, desk, now)}</td>
              <td>{desk.version}</td>
            </tr>
            {!desk.isRemoved && (
              <tr className="desk-actions">
                <td colSpan={4}>
                  <DeskActions desk={desk} say={say} again={again} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
