import { useEffect, useEffectEvent } from 'react';
import { IconHand } from '../components/icons.tsx';
import { ctrlShortcut } from '../i18n/shortcut-label.ts';
import { useTranslations } from '../i18n/translations.ts';

type Props = {
  readonly isShown: boolean;
  /** Whether there is a number to add to the list. */
  readonly isPossible: boolean;
  readonly onSaidNo: () => void;
};

/** Adds the number to the do-not-contact list with one key. */
export function OptOutButton({ isShown, isPossible, onSaidNo }: Props) {
  const translations = useTranslations();
  useSaidNoKey(isShown, onSaidNo);
  return (
    <button
      type="button"
      className="button button-quiet said-no"
      aria-disabled={!isPossible}
      aria-keyshortcuts="Control+D Meta+D"
      onClick={onSaidNo}
    >
      <IconHand />
      {translations.t('invite.saidNo')}
      <kbd aria-hidden="true">{ctrlShortcut(translations, 'D')}</kbd>
    </button>
  );
}

function useSaidNoKey(isActive: boolean, onSaidNo: () => void): void {
  const latest = useEffectEvent(onSaidNo);
  useEffect(() => {
    if (!isActive) return undefined;
    const listener = (event: KeyboardEvent): void => {
      const isShortcut = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (!isShortcut || event.key.toLowerCase() !== 'd') return;
      event.preventDefault();
      if (!event.repeat) latest();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [isActive]);
}
