import { MINUTE_MS } from '../../shared/time.ts';
import { useTranslations } from '../i18n/translations.ts';
import { useNow } from '../time/use-clock.ts';
import { siteStatusText } from './status-text.ts';
import { useSiteStatus } from './use-site-status.ts';
import './other-desks.css';

/**
 * Says that this desk shares its older data, or does not reach the other desks. The live region of a desk that is not
 * alone exists before its first text.
 */
export function OtherDesksLine() {
  const translations = useTranslations();
  const now = useNow(MINUTE_MS);
  const status = useSiteStatus();
  if (status.kind === 'alone') return null;
  const said = siteStatusText(translations, status, now);
  return (
    <div className="other-desks" data-kind={said === null ? undefined : status.kind}>
      <p role="status" aria-label={translations.t('otherDesks.label')}>
        {said !== null && (
          <>
            <span>{said.text}</span>
            {said.todo !== '' && <span>{said.todo}</span>}
          </>
        )}
      </p>
      {said !== null && said.detail !== '' && <p className="other-desks-detail">{said.detail}</p>}
    </div>
  );
}
