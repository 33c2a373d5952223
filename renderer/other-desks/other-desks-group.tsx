import { useId, useState } from 'react';
import type { EventName } from '../../shared/ipc/bridge.ts';
import type { OtherDeskInvitation } from '../../shared/other-desks.ts';
import { SECOND_MS, type EpochMs } from '../../shared/time.ts';
import { FailureNote } from '../components/failure-note.tsx';
import { PinDialog } from '../components/pin-dialog.tsx';
import type { StatusMessage } from '../components/status-message.tsx';
import { useOneAtATime } from '../components/use-one-at-a-time.ts';
import { useTranslations } from '../i18n/translations.ts';
import { StateIcon } from '../invitations/state-icon.tsx';
import type { IpcClient } from '../ipc/client.ts';
import { useIpc, useQuery } from '../ipc/use-ipc.ts';
import { useClock, useRepeat } from '../time/use-clock.ts';
import { lackingPin, lastDigitsText, takenOverMessage } from './take-over-text.ts';
import './other-desks-group.css';

const list = (ipc: IpcClient) => ipc.call('otherDesks.listOpen', {});
const CHANGES: readonly EventName[] = ['otherDesks.changed', 'app.changed'];
/** How often the list is read again while it is visible: the other desks send no event. */
const READ_EVERY_MS = 30 * SECOND_MS;

type Props = {
  readonly now: EpochMs;
  readonly say: (said: StatusMessage | null) => void;
};

/** The waiting invitations of the other desks of this site. An invitation of a silent desk can be taken over. */
export function OtherDesksGroup({ now, say }: Props) {
  const { t } = useTranslations();
  const { answer, again } = useQuery(list, CHANGES);
  useRepeat(READ_EVERY_MS, again);
  const { takeOver, dialog } = useTakeOver(say, again);
  const titleId = useId();
  if (answer === null) return null;
  if (!answer.ok) return <FailureNote failure={answer.failure} />;
  const invitations = answer.value.kind === 'listed' ? answer.value.invitations : null;
  return (
    <>
      {invitations?.length !== 0 && (
        <section className="group" data-group="elsewhere" aria-labelledby={titleId}>
          <h2 id={titleId}>
            {t('outbox.elsewhere.title')}
            {invitations !== null && <span className="badge">{invitations.length}</span>}
          </h2>
          {invitations === null ? (
            <p>{t('outbox.elsewhere.unavailable')}</p>
          ) : (
            <ul className="rows">
              {invitations.map((invitation) => (
                <ElsewhereRow
                  key={invitation.id}
                  invitation={invitation}
                  now={now}
                  onTakeOver={() => takeOver(invitation.id)}
                />
              ))}
            </ul>
          )}
        </section>
      )}
      {dialog}
    </>
  );
}

type RowProps = {
  readonly invitation: OtherDeskInvitation;
  readonly now: EpochMs;
  readonly onTakeOver: () => void;
};

function ElsewhereRow({ invitation, now, onTakeOver }: RowProps) {
  const { t, ago, since } = useTranslations();
  const rowId = useId();
  const { desk, queuedAt, state, lastDigits, takeOver } = invitation;
  return (
    <li className="elsewhere-row" data-state={state}>
      <div className="elsewhere-facts" id={rowId}>
        <span className="row-phone">{lastDigitsText(lastDigits)}</span>
        <span className="state" data-state={state}>
          <StateIcon state={state} />
          {t(`state.${state}`)}
        </span>
        <span className="row-more">
          <span dir="auto">{desk}</span>
          <span className="row-age">
            {t('outbox.since', { ago: ago(queuedAt, now), when: since(queuedAt, now) })}
          </span>
        </span>
      </div>
      {takeOver === 'allowed' ? (
        <button type="button" className="button" aria-describedby={rowId} onClick={onTakeOver}>
          {t('outbox.elsewhere.takeOver')}
        </button>
      ) : (
        <span className="elsewhere-reason">{t(`outbox.elsewhere.why.${takeOver}`)}</span>
      )}
    </li>
  );
}

/** Takes over one invitation at a time, asks for the manager's PIN where it is needed, and reports the result. */
function useTakeOver(say: Props['say'], again: () => void) {
  const translations = useTranslations();
  const { t } = translations;
  const ipc = useIpc();
  const clock = useClock();
  const oneAtATime = useOneAtATime();
  /** The invitation whose dialog asks for the PIN. */
  const [guarded, setGuarded] = useState<string | null>(null);

  /** Resolves to what the PIN dialog must say; null: the result is reported, or the dialog opens. */
  const request = async (id: string, pin: string | null): Promise<StatusMessage | null> => {
    const answer = await ipc.call('otherDesks.takeOver', { id, pin });
    if (!answer.ok && lackingPin(answer.failure)) {
      if (pin !== null) return { kind: 'failure', failure: answer.failure };
      setGuarded(id);
      return null;
    }
    again();
    say(takenOverMessage(translations, answer, clock()));
    return null;
  };
  const dialog = guarded !== null && (
    <PinDialog
      title={t('outbox.elsewhere.pinTitle')}
      text={t('outbox.elsewhere.pinText')}
      yes={t('outbox.elsewhere.takeOver')}
      no={t('systemBox.no')}
      onPin={(pin) => request(guarded, pin)}
      onClose={() => setGuarded(null)}
    />
  );
  return {
    dialog,
    takeOver: (id: string): void => {
      say(null);
      void oneAtATime(id, async () => {
        await request(id, null);
      });
    },
  };
}
