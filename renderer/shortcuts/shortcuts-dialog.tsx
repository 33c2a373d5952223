import { useEffect, useId, useRef } from 'react';
import { useTranslations } from '../i18n/translations.ts';
import type { TabName } from '../shell/tabs.tsx';
import { shortcutsEverywhere, shortcutsOf, type Shortcut } from './shortcuts.ts';
import { isShortcutsPress } from './use-shortcuts-key.ts';
import '../components/dialog.css';
import './shortcuts.css';

type Props = {
  readonly tab: TabName;
  readonly hasStaff: boolean;
  readonly onClose: () => void;
};

/** Lists the keyboard shortcuts of the screen and those that work everywhere. The key that opens it also closes it. */
export function ShortcutsDialog({ tab, hasStaff, onClose }: Props) {
  const translations = useTranslations();
  const { t } = translations;
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  const headingId = useId();
  useEffect(() => {
    dialog.current?.showModal();
    // At double size the button is below what the dialog shows; its beginning should be read first.
    close.current?.focus({ preventScroll: true });
  }, []);
  const here = shortcutsOf(translations, tab, { hasStaff });
  return (
    <dialog
      ref={dialog}
      className="dialog shortcuts"
      aria-labelledby={headingId}
      onClose={onClose}
      onKeyDown={(event) => {
        if (!isShortcutsPress(event)) return;
        event.preventDefault();
        dialog.current?.close();
      }}
    >
      <h2 id={headingId}>{t('menu.shortcuts')}</h2>
      {here.length > 0 && <List title={t(`tab.${tab}`)} shortcuts={here} />}
      <List title={t('shortcuts.everywhere')} shortcuts={shortcutsEverywhere(translations)} />
      <div className="buttons">
        <button
          ref={close}
          type="button"
          className="button button-primary"
          onClick={() => dialog.current?.close()}
        >
          {t('about.close')}
        </button>
      </div>
    </dialog>
  );
}

function List({
  title,
  shortcuts,
}: {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId}>{title}</h3>
      <dl>
        {shortcuts.map(({ keys, does }) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
