import { useEffect, useRef } from 'react';
import { BellMark } from '../components/icons.tsx';
import { useTranslations } from '../i18n/translations.ts';

/** Keys that type nothing: a held modifier does not mean that the user is back. */
const SILENT = ['Control', 'Meta', 'Shift', 'Alt', 'AltGraph', 'CapsLock'];

/**
 * Hides everything from customers at the counter with Ctrl or Cmd with L; any key or click shows it again, and does
 * nothing else. A modal dialog: the page behind it can be neither read nor focused, and the focus returns
 * automatically.
 */
export function PrivacyScreen() {
  const { t } = useTranslations();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const privacyScreen = dialog.current;
      if (privacyScreen === null || (!privacyScreen.open && !isHideKey(event))) return;
      event.preventDefault();
      // No shortcut may work while the page is hidden.
      event.stopImmediatePropagation();
      if (event.repeat || SILENT.includes(event.key)) return;
      if (privacyScreen.open) privacyScreen.close();
      else privacyScreen.showModal();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
  return (
    <dialog ref={dialog} className="privacy-screen" aria-label={t('privacyScreen.title')}>
      <button type="button" className="privacy-screen-face" onClick={() => dialog.current?.close()}>
        <BellMark />
        <strong>{t('privacyScreen.title')}</strong>
        <span>{t('privacyScreen.back')}</span>
      </button>
    </dialog>
  );
}

function isHideKey(event: KeyboardEvent): boolean {
  const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  return isShortcut && event.key.toLowerCase() === 'l';
}
