import type { DeskReport } from '../../../shared/other-desks.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { useNow } from '../../time/use-clock.ts';
import { READ_EVERY_MS } from './read-report.ts';
import { desksText, waitingText } from './report-text.ts';

/** All sites of the organisation in counts, at a desk of the office. */
export function SiteTable({ sites }: { readonly sites: NonNullable<DeskReport['sites']> }) {
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
