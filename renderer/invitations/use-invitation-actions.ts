import type { Action, FormAction } from '../../shared/invitation-actions.ts';
import type { Invitation } from '../../shared/invitation.ts';
import { maskPhone } from '../../shared/phone/phone.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { AnyFailure, IpcClient } from '../ipc/client.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useClock } from '../time/use-clock.ts';
import { useIpc } from '../ipc/use-ipc.ts';
import { useOneAtATime } from '../components/use-one-at-a-time.ts';
import { verdictLines } from '../invite/verdict/verdict-text.ts';
import type { StatusMessage } from '../components/status-message.tsx';
import { useTranslations, type Translations } from '../i18n/translations.ts';

/** Called when the user chooses an action that continues in the form: Edit or Send again anyway. */
export type OnEdit = (invitation: Invitation, action: FormAction) => void;

/** Runs manual actions on invitations and reports their results. */
export function useInvitationActions(
  onEdit: OnEdit,
  say: (said: StatusMessage | null) => void,
): (invitation: Invitation, action: Action) => Promise<void> {
  const ipc = useIpc();
  const clock = useClock();
  const translations = useTranslations();
  const oneAtATime = useOneAtATime();
  const act = async (
    invitation: Invitation,
    action: Exclude<Action, FormAction>,
  ): Promise<void> => {
    say(null);
    const answer = await carryOut(ipc, invitation.id, action);
    const who = invitation.name === '' ? maskPhone(invitation.phone) : invitation.name;
    say(
      answer.ok
        ? { kind: 'good', text: translations.t(`acted.${doneWord(invitation, action)}`, { who }) }
        : { kind: 'bad', text: refusedText(translations, answer.failure, clock()) },
    );
  };
  return async (invitation, action) => {
    if (action === 'edit' || action === 'send-again') return onEdit(invitation, action);
    await oneAtATime(invitation.id, () => act(invitation, action));
  };
}

type Answered = { readonly ok: true } | { readonly ok: false; readonly failure: AnyFailure };

function carryOut(
  ipc: IpcClient,
  id: string,
  action: Exclude<Action, FormAction>,
): Promise<Answered> {
  switch (action) {
    case 'cancel':
      return ipc.call('invitation.cancel', { id });
    case 'send-now':
      return ipc.call('invitation.sendNow', { id });
    case 'check-again':
      return ipc.call('invitation.checkAgain', { id });
    case 'mark-sent':
      return ipc.call('invitation.resolve', { id, as: 'sent' });
    case 'leave':
      return ipc.call('invitation.resolve', { id, as: 'not-sent' });
    default:
      return action satisfies never;
  }
}

/** Picks the message for a discarded invitation: one that may have been sent still counts. */
function doneWord(invitation: Invitation, action: Exclude<Action, FormAction>) {
  return action === 'leave' && invitation.mayHaveLeft ? 'leave-unproved' : action;
}

/** Returns why an action was refused: a verdict that forbids it is named. */
export function refusedText(translations: Translations, failure: AnyFailure, now: EpochMs): string {
  if (failure.kind !== 'not-allowed') return failureText(translations, failure);
  const [line] = verdictLines(translations, failure.verdict, null, now, '');
  return translations.t('acted.notAllowed', { verdict: line?.text ?? '' });
}
