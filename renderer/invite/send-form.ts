import { cleanName } from '../../shared/customer-name.ts';
import type { Invitation } from '../../shared/invitation.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { Verdict } from '../../shared/verdict.ts';
import type { AnyFailure, IpcClient } from '../ipc/client.ts';
import type { Form } from './form.ts';

/** A form that is ready to send. */
export type Ready = {
  readonly form: Form;
  readonly phone: E164;
  readonly businessId: string;
  readonly staff: string | null;
  /** The custom text as typed; null uses Partoo's template. */
  readonly message: string | null;
  /** The time shown beside the switch; null while it was not offered. */
  readonly shownAt: EpochMs | null;
  /** The text of the reason for sending again; used only when the ruling requires it. */
  readonly reason: string;
};

export type Sent =
  | { readonly kind: 'saved'; readonly invitation: Invitation }
  | {
      readonly kind: 'failed';
      readonly failure: AnyFailure;
      /** The current verdict, if it is the reason. */
      readonly verdict: Verdict | null;
    };

/** Saves the form to the outbox. `saved` means that the invitation is on disk. */
export async function sendForm(ipc: IpcClient, ready: Ready): Promise<Sent> {
  const { form, phone, businessId, staff, message, shownAt } = ready;
  const draft = {
    token: form.token,
    phone,
    name: cleanName(form.name),
    businessId,
    staff,
    consented: form.hasConsent,
    message,
    replaces: form.replaces,
  };
  if (shownAt === null || form.force === null) {
    return saved(await ipc.call('invitation.enqueue', { ...draft, force: null }));
  }
  const asked = await ipc.call('force.requestTicket', {
    phone,
    businessId,
    shownAt,
    replaces: form.replaces,
    pin: form.force.pin === '' ? null : form.force.pin,
  });
  if (!asked.ok) return failed(asked.failure);
  const force = { ticket: asked.value.ticket, reason: ready.reason };
  return saved(await ipc.call('invitation.enqueue', { ...draft, force }));
}

function saved(
  answer:
    | { readonly ok: true; readonly value: Invitation }
    | { readonly ok: false; readonly failure: AnyFailure },
): Sent {
  return answer.ok ? { kind: 'saved', invitation: answer.value } : failed(answer.failure);
}

function failed(failure: AnyFailure): Sent {
  return {
    kind: 'failed',
    failure,
    verdict: failure.kind === 'not-allowed' ? failure.verdict : null,
  };
}
