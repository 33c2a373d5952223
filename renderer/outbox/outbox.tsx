import { useState } from 'react';
import type { Connection } from '../../shared/connection.ts';
import type { EventName } from '../../shared/ipc/bridge.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import type { IpcClient, DeskSettings } from '../ipc/client.ts';
import { useQuery, useIpc } from '../ipc/use-ipc.ts';
import { useNow } from '../time/use-clock.ts';
import { BellMark } from '../components/icons.tsx';
import { InvitationRow } from '../invitations/invitation-row.tsx';
import { OtherDesksGroup } from '../other-desks/other-desks-group.tsx';
import { useSiteStatus } from '../other-desks/use-site-status.ts';
import { PrintButtons } from '../print/print-buttons.tsx';
import { StatusRegion, type StatusMessage } from '../components/status-message.tsx';
import { FailureNote } from '../components/failure-note.tsx';
import { Loading } from '../components/loading.tsx';
import '../invitations/invitation-list.css';
import { useInvitationActions, type OnEdit } from '../invitations/use-invitation-actions.ts';
import { useTranslations } from '../i18n/translations.ts';
import { groupOpen } from './group-invitations.ts';
import { explanationOf, nextStepText } from './next-step-text.ts';

const list = (ipc: IpcClient) => ipc.call('outbox.list', {});
const LIST_CHANGES: readonly EventName[] = ['invitation.changed', 'app.changed'];
const readConnection = (ipc: IpcClient) => ipc.call('connection.read', {});
const CONNECTION_CHANGES: readonly EventName[] = ['connection.changed', 'app.changed'];

type Props = {
  readonly settings: DeskSettings;
  readonly onEdit: OnEdit;
};

/** All invitations that are not sent yet, grouped by what they wait for; those of other desks come last. */
export function Outbox({ settings, onEdit }: Props) {
  const translations = useTranslations();
  const { t, ago, since } = translations;
  const ipc = useIpc();
  const now = useNow(MINUTE_MS / 4);
  const { answer } = useQuery(list, LIST_CHANGES);
  const { answer: asked } = useQuery(readConnection, CONNECTION_CHANGES);
  const connection: Connection = asked?.ok === true ? asked.value : { kind: 'unknown' };
  const site = useSiteStatus();
  const [said, setSaid] = useState<StatusMessage | null>(null);
  const act = useInvitationActions(onEdit, setSaid);

  const flush = async (): Promise<void> => {
    setSaid(null);
    const flushed = await ipc.call('outbox.flush', {});
    setSaid(
      flushed.ok
        ? { kind: 'good', text: t('outbox.flushed') }
        : { kind: 'failure', failure: flushed.failure },
    );
  };

  if (answer === null) return <Loading />;
  if (!answer.ok) return <FailureNote failure={answer.failure} />;
  const groups = groupOpen(answer.value);
  return (
    <div className="page">
      <header className="page-head">
        <h1 data-home>{t('outbox.title')}</h1>
        <div className="buttons">
          <PrintButtons settings={settings} waiting={answer.value} say={setSaid} />
          {groups.length > 0 && (
            <button type="button" className="button" onClick={() => void flush()}>
              {t('outbox.flush')}
            </button>
          )}
        </div>
      </header>
      <StatusRegion said={said} />
      {groups.length === 0 && (
        <div className="empty">
          <BellMark />
          <p className="empty-title">{t('outbox.empty')}</p>
          <p>{t('outbox.emptyText')}</p>
        </div>
      )}
      {groups.map(({ name, invitations }) => (
        <section key={name} className="group" data-group={name}>
          <h2>
            {t(`outbox.group.${name}`)}
            <span className="badge">{invitations.length}</span>
          </h2>
          <ul className="rows">
            {invitations.map((invitation) => (
              <InvitationRow
                key={invitation.id}
                invitation={invitation}
                settings={settings}
                now={now}
                onAct={(action) => void act(invitation, action)}
                {...explanationProps(explanationOf(translations, invitation))}
              >
                <span className="row-next">
                  {nextStepText(translations, invitation, connection, now)}
                </span>
                <span className="row-age">
                  {t('outbox.since', {
                    ago: ago(invitation.queuedAt, now),
                    when: since(invitation.queuedAt, now),
                  })}
                </span>
              </InvitationRow>
            ))}
          </ul>
        </section>
      ))}
      {site.kind !== 'alone' && site.kind !== 'connecting' && (
        <OtherDesksGroup now={now} say={setSaid} />
      )}
    </div>
  );
}

function explanationProps(explanation: string | undefined) {
  return explanation === undefined ? {} : { explanation };
}
