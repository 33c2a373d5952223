import { useTranslations } from '../../i18n/translations.ts';
import { NumberRow } from '../do-not-contact/number-row.tsx';
import { Section } from '../section.tsx';
import { StaffRow } from './staff-row.tsx';
import { SwitchRow } from '../fields/switch-row.tsx';

/** The questions and checks before an invitation is saved. */
export function RulesSection() {
  const { t } = useTranslations();
  return (
    <Section name="rules">
      <SwitchRow
        setting="requireConsent"
        label={t('settings.rules.consent')}
        hint={t('settings.rules.consentHint')}
      />
      <SwitchRow
        setting="checkWithPartoo"
        label={t('settings.rules.check')}
        hint={t('settings.rules.checkHint')}
      />
      <NumberRow
        setting="houseWindowDays"
        label={t('settings.rules.houseWindow')}
        hint={t('settings.rules.houseWindowHint')}
        unit="days"
      />
      <StaffRow />
    </Section>
  );
}
