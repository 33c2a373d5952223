import { useId } from 'react';
import type { EventName } from '../../../shared/ipc/bridge.ts';
import type { DeskReport } from '../../../shared/other-desks.ts';
import { SECOND_MS } from '../../../shared/time.ts';
import { FailureNote } from '../../components/failure-note.tsx';
import { Loading } from '../../components/loading.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import type { IpcClient } from '../../ipc/client.ts';
import { useQuery } from '../../ipc/use-ipc.ts';
import { useNow, useRepeat } from '../../time/use-clock.ts';
import { Section } from '../section.tsx';
import { useSettings } from '../settings-context.tsx';
import { deskNotes, desksText, rateText, waitingText } from './report-text.ts';
import './desks.css';

const read = (ipc: IpcClient) => ipc.call('desks.readReport', {});
const CHANGES: readonly EventName[] = ['otherDesks.changed', 'app.changed'];
const READ_EVERY_MS = 30 * SECOND_MS;

/** The desks that share their invitations, and the requests to Partoo of all of them. */
export function DesksSection() {
  const { t } = useTranslations();
  const { pin } = useSettings();
  return (
    <Section name="desks" role="tabpanel">
      <p className="section-lead">{t('settings.desks.about')}</p>
      {pin.kind === 'locked' ? <p>{t('settings.desks.locked')}</p> : <Report />}
    </Section>
  );
}

function Report() {
  const { t } = useTranslations();
  const { answer, again } = useQuery(read, CHANGES);
  useRepeat(READ_EVERY_MS, again);
  if (answer === null) return <Loading />;
  if (!answer.ok) return <FailureNote failure={answer.failure} />;
  if (answer.value === null) return <p>{t('settings.desks.unavailable')}</p>;
  const { desks, sites, site } = answer.value;
  return (
    <>
      <Rate report={answer.value} />
      <h3>{site}</h3>
      <DeskTable desks={desks} />
      {sites !== null && (
        <>
          <h3>{t('settings.desks.sites')}</h3>
          <SiteTable sites={sites} />
        </>
      )}
    </>
  );
}

function Rate({ report }: { readonly report: DeskReport }) {
  const translations = useTranslations();
  const labelId = useId();
  const { used, perMinute } = report.rate;
  const [requests, ...others] = rateText(translations, report, useNow(READ_EVERY_MS));
  return (
    <div className="rate">
      <h3 id={labelId}>{translations.t('settings.desks.rate.label')}</h3>
      <meter aria-labelledby={labelId} max={perMinute} value={used} />
      <p>
        <span>{requests}</span>
        {others.map((text) => (
          <span key={text}>{text}</span>
        ))}
      </p>
    </div>
  );
}

function DeskTable({ desks }: Pick<DeskReport, 'desks'>) {
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
          <tr key={desk.id}>
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
        ))}
      </tbody>
    </table>
  );
}

function SiteTable({ sites }: { readonly sites: NonNullable<DeskReport['sites']> }) {
  const translations = useTranslations();
  const { t, ago } = translations;
  const now = useNow(READ_EVERY_MS);
  return (
    <table className="desks">
      <thead>
        <tr>
          <th scope="col">{t('settings.desks.column.site')}</th>
          <th scope="col">{t('settings.desks.column.seen')}</th>
          <th scope="col">{t('settings.desks.column.waiting')}</th>
          <th scope="col">{t('settings.desks.column.desks')}</th>
        </tr>
      </thead>
      <tbody>
        {sites.map((site) => (
          <tr key={site.code}>
            <th scope="row">
              <span dir="auto">{site.name}</span>
              <span className="desk-note">{site.code}</span>
            </th>
            <td>
              {site.lastSeenAt === null ? t('settings.desks.neverSeen') : ago(site.lastSeenAt, now)}
            </td>
            <td>{waitingText(translations, site, now)}</td>
            <td>{desksText(translations, site)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
