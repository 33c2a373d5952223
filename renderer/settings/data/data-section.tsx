import { useTranslations } from '../../i18n/translations.ts';
import { NumberRow } from '../do-not-contact/number-row.tsx';
import { Section } from '../section.tsx';

/** How long customers' data stay on this PC. */
export function DataSection() {
  const { t } = useTranslations();
  return (
    <Section name="data">
      <NumberRow
        setting="retentionDays"
        label={t('settings.data.retention')}
        hint={t('settings.data.retentionHint')}
        unit="days"
      />
    </Section>
  );
}
