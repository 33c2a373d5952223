import type { Invitation } from '../../shared/invitation.ts';
import { maskPhone } from '../../shared/phone/phone.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { StatusMessage } from '../components/status-message.tsx';
import type { Translations } from '../i18n/translations.ts';
import { refusedText } from '../invitations/use-invitation-actions.ts';
import type { AnyFailure } from '../ipc/client.ts';

type Answer =
  | { readonly ok: true; readonly value: Invitation }
  | { readonly ok: false; readonly failure: AnyFailure };

/** Shows as much of another desk's number as the outbox shows of an own one: the last two digits. */
export function lastDigitsText(lastDigits: string | null): string {
  return `•••• ${lastDigits ?? '••'}`;
}

/** Whether a failure means that the PIN is needed, wrong, or not checked yet. */
export function lackingPin({ kind }: AnyFailure): boolean {
  return kind === 'pin-needed' || kind === 'wrong-pin' || kind === 'pin-wait';
}

/** Returns what became of taking over an invitation. */
export function takenOverMessage(
  translations: Translations,
  answer: Answer,
  now: EpochMs,
): StatusMessage {
  if (!answer.ok) return { kind: 'bad', text: refusedText(translations, answer.failure, now) };
  const { name, phone } = answer.value;
  const who = name === '' ? maskPhone(phone) : name;
  return { kind: 'good', text: translations.t('outbox.elsewhere.takenOver', { who }) };
}
