import { IconLock } from '../../components/icons.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import { useSettings, type Lock } from '../settings-context.tsx';

/** Says who has fixed a setting. */
export function LockedNote({ lock }: { readonly lock: Lock }) {
  const { t } = useTranslations();
  if (lock === null) return null;
  return (
    <p className="note note-plain">
      <IconLock />
      <span>{lock === 'this-pc' ? t('settings.locked') : t('settings.lockedCentral')}</span>
    </p>
  );
}

/** The source of the locks; shown once, because a file path is long. */
export function LockedFrom() {
  const { t } = useTranslations();
  const { locked, central, configFile } = useSettings();
  if (configFile === null || locked.length === central.length) return null;
  return (
    <p className="note note-plain locked-from">
      <IconLock />
      <span>{t('settings.lockedFrom', { file: configFile })}</span>
    </p>
  );
}

/** Names the central settings that this Deskbell cannot use, as IT knows them. */
export function UnusableSettings() {
  const { t } = useTranslations();
  const { unusable } = useSettings();
  if (unusable.length === 0) return null;
  return (
    <p className="note note-bad">
      <span>{t('settings.unusable', { names: unusable.join(', ') })}</span>
    </p>
  );
}
