import { useEffect, useId, useRef } from 'react';
import type { EventName } from '../../shared/ipc/bridge.ts';
import type { IpcClient } from '../ipc/client.ts';
import { useQuery, useIpc } from '../ipc/use-ipc.ts';
import { BellMark } from '../components/icons.tsx';
import { FailureNote } from '../components/failure-note.tsx';
import { useTranslations } from '../i18n/translations.ts';
import '../components/dialog.css';
import './about.css';

const NEVER: readonly EventName[] = [];
const read = (ipc: IpcClient) => ipc.call('about.read', {});

/** Shows the version of Deskbell and the licences of all its components. */
export function About({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslations();
  const ipc = useIpc();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  const headingId = useId();
  const { answer } = useQuery(read, NEVER);
  useEffect(() => {
    dialog.current?.showModal();
    // Otherwise the focus would go to the list, because that scrolls.
    close.current?.focus();
  }, []);
  const about = answer?.ok === true ? answer.value : null;
  return (
    <dialog ref={dialog} className="dialog about" aria-labelledby={headingId} onClose={onClose}>
      <header className="about-head">
        <BellMark />
        <div>
          <h2 id={headingId}>{t('product')}</h2>
          <p>{about !== null && t('about.version', { version: about.version })}</p>
        </div>
      </header>
      <p>{t('about.what')}</p>
      <p className="hint">{t('about.independent')}</p>
      {answer?.ok === false && <FailureNote failure={answer.failure} />}
      <h3>{t('about.parts')}</h3>
      <ul className="licences" tabIndex={-1}>
        {about?.licences.map(({ name, version, licence, text }) => (
          <li key={`${name}@${version}`}>
            <details>
              <summary>
                <span>{name}</span> <span className="hint">{version}</span>
                <span className="licence">{licence}</span>
              </summary>
              <pre>{text}</pre>
            </details>
          </li>
        ))}
      </ul>
      <div className="buttons">
        <button
          ref={close}
          type="button"
          className="button button-primary"
          onClick={() => dialog.current?.close()}
        >
          {t('about.close')}
        </button>
        {about?.browserLicences === 'there' && (
          <button
            type="button"
            className="button"
            onClick={() => void ipc.call('about.openBrowserLicences', {})}
          >
            {t('about.browser')}
          </button>
        )}
      </div>
    </dialog>
  );
}
