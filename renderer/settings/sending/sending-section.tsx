import { useTranslations } from '../../i18n/translations.ts';
import { HoursRow } from './hours-row.tsx';
import { NumberRow } from '../do-not-contact/number-row.tsx';
import { RegionRow } from './region-row.tsx';
import { Section } from '../section.tsx';
import { SwitchRow } from '../fields/switch-row.tsx';

/** When invitations are sent. */
export function SendingSection() {
  const { t } = useTranslations();
  return (
    <Section name="sending">
      <HoursRow />
      <SwitchRow
        setting="sendOnHolidays"
        label={t('settings.sending.holidays')}
        hint={t('settings.sending.holidaysHint')}
      />
      <RegionRow />
      <NumberRow
        setting="undoSeconds"
        label={t('settings.sending.undo')}
        hint={t('settings.sending.undoHint')}
        unit="seconds"
      />
      <NumberRow
        setting="outboxExpiryDays"
        label={t('settings.sending.expiry')}
        hint={t('settings.sending.expiryHint')}
        unit="days"
      />
      <NumberRow
        setting="requestsPerMinute"
        label={t('settings.sending.rate')}
        hint={t('settings.sending.rateHint')}
        unit="perMinute"
      />
    </Section>
  );
}
