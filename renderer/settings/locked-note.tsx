import { IconLock } from '../icons.tsx';
import { useWords } from '../words.ts';

/** Where a setting comes from that cannot be changed here. */
export function LockedNote({ file }: { readonly file: string | null }) {
  const { t } = useWords();
  return (
    <p className="note note-plain">
      <IconLock />
      <span>{file === null ? t('settings.locked') : t('settings.lockedBy', { file })}</span>
    </p>
  );
}
