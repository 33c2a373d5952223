import { useState } from 'react';
import type { EventName } from '../../shared/ipc/bridge.ts';
import type { Invitation } from '../../shared/invitation.ts';
import { maskPhone } from '../../shared/phone.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import type { AnyFailure, DeskClient, DeskSettings } from '../desk.ts';
import { useAnswer, useDesk, useNow } from '../hooks.ts';
import { BellMark, IconCheckRing } from '../icons.tsx';
import { FailureNote } from '../shell/failure-note.tsx';
import { Quiet } from '../shell/quiet.tsx';
import '../list.css';
import { useWords } from '../words.ts';
import { groupOpen } from './groups.ts';
import { OpenRow } from './open-row.tsx';

const list = (desk: DeskClient) => desk.call('outbox.list', {});
const LIST_CHANGES: readonly EventName[] = ['invitation.changed', 'desk.changed'];
const readConnection = (desk: DeskClient) => desk.call('connection.read', {});
const CONNECTION_CHANGES: readonly EventName[] = ['connection.changed', 'desk.changed'];

type Said =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failure'; readonly failure: AnyFailure };

/** Everything that has not left yet, by what it waits for. */
export function Outbox({ settings }: { readonly settings: DeskSettings }) {
  const { t } = useWords();
  const desk = useDesk();
  const now = useNow(MINUTE_MS / 4);
  const { answer } = useAnswer(list, LIST_CHANGES);
  const { answer: connection } = useAnswer(readConnection, CONNECTION_CHANGES);
  const [said, setSaid] = useState<Said | null>(null);

  const flush = async (): Promise<void> => {
    const flushed = await desk.call('outbox.flush', {});
    setSaid(
      flushed.ok
        ? { kind: 'text', text: t('outbox.flushed') }
        : { kind: 'failure', failure: flushed.failure },
    );
  };
  const cancel = async (invitation: Invitation): Promise<void> => {
    const who = invitation.name === '' ? maskPhone(invitation.phone) : invitation.name;
    const cancelled = await desk.call('invitation.cancel', { id: invitation.id });
    setSaid(
      cancelled.ok
        ? { kind: 'text', text: t('outbox.cancelled', { who }) }
        : { kind: 'failure', failure: cancelled.failure },
    );
  };

  if (answer === null) return <Quiet />;
  if (!answer.ok) return <FailureNote failure={answer.failure} />;
  const groups = groupOpen(answer.value);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('outbox.title')}</h1>
        {groups.length > 0 && (
          <button type="button" className="button" onClick={() => void flush()}>
            {t('outbox.flush')}
          </button>
        )}
      </header>
      <div role="status">
        {said?.kind === 'text' && (
          <p className="note note-good">
            <IconCheckRing />
            <span>{said.text}</span>
          </p>
        )}
      </div>
      {said?.kind === 'failure' && <FailureNote failure={said.failure} />}
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
              <OpenRow
                key={invitation.id}
                invitation={invitation}
                settings={settings}
                connection={connection?.ok === true ? connection.value.kind : 'unknown'}
                now={now}
                onCancel={() => void cancel(invitation)}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
