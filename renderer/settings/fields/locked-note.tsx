import { IconLock } from '../../components/icons.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import { useSettings } from '../settings-context.tsx';

/** Says that a setting is locked. */
export function LockedNote() {
  const { t } = useTranslations();
  return (
    <p className="note note-plain">
      <IconLock />
      <span>{t('settings.locked')}</span>
    </p>
  );
}

/** The source of the locks; shown once, because a file path is long. */
export function LockedFrom() {
  const { t } = useTranslations();
  const { locked, configFile } = useSettings();
  if (configFile === null || locked.length === 0) return null;
  return (
    <p className="note note-plain locked-from">
      <IconLock />
      <span>{t('settings.lockedFrom', { file: configFile })}</span>
    </p>
  );
}
