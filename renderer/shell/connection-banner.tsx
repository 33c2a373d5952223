import { lazy, Suspense, useEffect, useState } from 'react';
import type { Connection } from '../../shared/connection.ts';
import type { EventName } from '../../shared/ipc/bridge.ts';
import type { Business } from '../../shared/settings.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import type { IpcClient } from '../ipc/client.ts';
import { useQuery, useIpc } from '../ipc/use-ipc.ts';
import { useDelay, useNow } from '../time/use-clock.ts';
import { IconAlert, IconOffline } from '../components/icons.tsx';
import { useTranslations } from '../i18n/translations.ts';
import { connectionText } from './connection-text.ts';

const read = (ipc: IpcClient) => ipc.call('connection.read', {});
const CHANGES: readonly EventName[] = ['connection.changed', 'app.changed'];

const OtherPc = lazy(async () => ({ default: (await import('./choose-owner.tsx')).ChooseOwner }));

const BACK_MS = 10 * SECOND_MS;

type Props = {
  readonly waiting: number;
  readonly businesses: readonly Business[];
  readonly onSettings: () => void;
};

/** Says why nothing is sent, what to do and what still works. Its live region exists even without a message. */
export function ConnectionBanner({ waiting, businesses, onSettings }: Props) {
  const translations = useTranslations();
  const { t } = translations;
  const now = useNow(MINUTE_MS);
  const { answer } = useQuery(read, CHANGES);
  useNetworkHint();
  const kind = answer?.ok === true ? answer.value.kind : 'unknown';
  const isBack = useIsBack(kind);
  const said =
    answer?.ok === true ? connectionText(translations, answer.value, businesses, now) : null;
  return (
    <div className="connection" data-tone={said?.tone}>
      <div role="status" aria-label={t('connection.label')}>
        {said !== null && (
          <>
            {said.tone === 'wait' ? <IconOffline /> : <IconAlert />}
            <p>
              <strong>{said.title}</strong>
              <span>{said.text}</span>
              {said.isPassing && <span>{t('connection.keepEntering')}</span>}
              {said.isPassing && waiting > 0 && (
                <span>{t('connection.waiting', { count: waiting })}</span>
              )}
            </p>
          </>
        )}
      </div>
      <p className="visually-hidden" role="status">
        {isBack && t('connection.back')}
      </p>
      {said !== null && said.detail !== '' && <p className="connection-detail">{said.detail}</p>}
      {answer?.ok === true && answer.value.kind === 'other-pc' && (
        <Suspense fallback={null}>
          <OtherPc />
        </Suspense>
      )}
      {said?.isForSettings === true && (
        <button type="button" className="button" onClick={onSettings}>
          {t('connection.settings')}
        </button>
      )}
    </div>
  );
}

/** Reports that the network is back: the page notices first. Only a hint: a probe of Partoo decides. */
function useNetworkHint(): void {
  const ipc = useIpc();
  useEffect(() => {
    const listener = (): void => void ipc.call('connection.check', {});
    window.addEventListener('online', listener);
    return () => window.removeEventListener('online', listener);
  }, [ipc]);
}

/** Announces that a banner has disappeared, for screen reader users, and removes the message later. */
function useIsBack(kind: Connection['kind']): boolean {
  const [before, setBefore] = useState(kind);
  const [isBack, setBack] = useState(false);
  if (before !== kind) {
    setBefore(kind);
    setBack(kind === 'online' && before !== 'unknown');
  }
  useDelay(isBack ? BACK_MS : null, kind, () => setBack(false));
  return isBack;
}
