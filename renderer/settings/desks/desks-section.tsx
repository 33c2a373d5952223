import { useId, useState } from 'react';
import type { DeskReport } from '../../../shared/other-desks.ts';
import { FailureNote } from '../../components/failure-note.tsx';
import { Loading } from '../../components/loading.tsx';
import { StatusRegion, type StatusMessage } from '../../components/status-message.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import { useQuery } from '../../ipc/use-ipc.ts';
import { useNow, useRepeat } from '../../time/use-clock.ts';
import { Section } from '../section.tsx';
import { useSettings } from '../settings-context.tsx';
import { DeskTable } from './desk-table.tsx';
import { Erasures } from './erasures.tsx';
import { READ_EVERY_MS, readReport, REPORT_CHANGES } from './read-report.ts';
import { rateText } from './report-text.ts';
import { SitesExport } from './sites-export.tsx';
import { SiteTable } from './site-table.tsx';
import './desks.css';

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
  const { answer, again } = useQuery(readReport, REPORT_CHANGES);
  useRepeat(READ_EVERY_MS, again);
  const [said, setSaid] = useState<StatusMessage | null>(null);
  const report = answer?.ok === true ? answer.value : null;
  return (
    <>
      {answer === null && <Loading />}
      {answer?.ok === false && <FailureNote failure={answer.failure} />}
      {answer?.ok === true && report === null && <p>{t('settings.desks.unavailable')}</p>}
      {report !== null && (
        <>
          <Rate report={report} />
          <h3>{report.site}</h3>
          <DeskTable desks={report.desks} say={setSaid} again={again} />
        </>
      )}
      <StatusRegion said={said} />
      <Erasures />
      {report !== null && report.sites !== null && (
        <>
          <h3>{t('settings.desks.sites')}</h3>
          <SitesExport />
          <SiteTable sites={report.sites} />
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
