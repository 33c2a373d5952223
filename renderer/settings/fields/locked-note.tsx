import { IconLock } from '../../components/icons.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import { useSettings } from '../settings-context.tsx';

/** Says at a setting that it cannot be changed here. */
export function LockedNote() {
  const { t } = useTranslations();
  return (
    <p className="note note-plain">
      <IconLock />
      <span>{t('settings.locked')}</span>
    </p>
  );
}

/** Where the locks come from; said once, because the path of a file is long. */
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
