import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { cleanName } from '../../shared/customer-name.ts';
import type { DeskSettings } from '../desk.ts';
import type { FirstKeys } from '../first-keys.ts';
import { useDesk } from '../hooks.ts';
import { isOpen, type Invitation } from '../../shared/invitation.ts';
import { useWords } from '../words.ts';
import { isEmpty } from './form.ts';
import { doubtOf, findObstacle, isConfirmed, type Obstacle } from './readiness.ts';
import { sendForm } from './send.ts';
import { newToken, useFilling } from './use-filling.ts';
import { canUndo, useResult } from './use-result.ts';
import { useVerdict } from './use-verdict.ts';

/** An invitation that somebody wants to correct; a new object for each time that they say so. */
export type Correction = { readonly invitation: Invitation };

/**
 * The form's life: what is filled in, what is known about it, sending it once, taking it back. `attend` is called with
 * what staff should look at next: an obstacle, or null for the phone field.
 */
export function useInvite(
  settings: DeskSettings | null,
  firstKeys: FirstKeys,
  { correction, onTaken }: { readonly correction: Correction | null; readonly onTaken: () => void },
  attend: (to: Obstacle | null) => void,
) {
  const desk = useDesk();
  const { t } = useWords();
  const filling = useFilling(settings, firstKeys.text);
  const { form, edit, reading, phone, business, known } = filling;
  const { result, setResult } = useResult();
  const { answer, opinion, learn } = useVerdict(
    phone === null || business === undefined
      ? null
      : { phone, name: cleanName(form.name), businessId: business.id, replaces: form.replaces },
  );
  const verdict = answer?.ok === true ? answer.value : null;
  const obstacle = findObstacle({
    form,
    reading,
    ruling: verdict?.ruling ?? null,
    needsConsent: settings?.requireConsent ?? null,
    needsPin: settings?.forceNeedsPin === true,
    businessId: business?.id,
  });
  const doubt = doubtOf(reading);
  // One at a time: the second of two Enters finds the first one on its way.
  const isBusy = useRef(false);
  const [isWanted, setWanted] = useState(firstKeys.isEnterPressed);

  const send = async (): Promise<void> => {
    if (isBusy.current) return;
    if (obstacle === 'starting') setWanted(true);
    if (obstacle !== null || phone === null || business === undefined) return attend(obstacle);
    const now = Date.now();
    if (doubt !== null && !isConfirmed(form.askedAt, now)) {
      if (form.askedAt === null) edit({ kind: 'asked', at: now });
      return;
    }
    isBusy.current = true;
    const sent = await sendForm(desk, {
      form,
      phone,
      businessId: business.id,
      staff: filling.staff,
      ruling: verdict?.ruling ?? null,
      reason: reasonWords(),
    });
    isBusy.current = false;
    if (sent.kind === 'saved') {
      edit({ kind: 'saved', sent: form, token: newToken() });
      setResult({ kind: 'invitation', invitation: sent.invitation });
    } else {
      const isWrongPin = sent.failure.kind === 'wrong-pin';
      // The values stay; only a permission that did not hold is given back.
      edit(isWrongPin ? { kind: 'pin', text: '' } : { kind: 'left-alone' });
      if (sent.verdict !== null) learn(sent.verdict);
      setResult({ kind: 'failed', failure: sent.failure });
      if (isWrongPin) return attend('no-pin');
    }
    attend(null);
  };

  const reasonWords = (): string => {
    const { reason, other } = form.force ?? { reason: null, other: '' };
    if (reason === null || reason === 'other') return other;
    return t(`invite.force.${reason}`);
  };

  const undo = async (): Promise<void> => {
    if (isBusy.current || result?.kind !== 'invitation' || known === null) return;
    isBusy.current = true;
    const undone = await desk.call('invitation.undo', { id: result.invitation.id });
    isBusy.current = false;
    if (undone.ok) {
      const { id, phone: number, name, consentAt } = undone.value;
      setResult({ kind: 'invitation', invitation: undone.value });
      // Whoever has begun with the next customer keeps what is typed.
      if (isEmpty(form)) {
        edit({
          kind: 'restored',
          token: newToken(),
          phone: known.rules.showPhone(number, known.country),
          name,
          hasConsent: consentAt !== null,
          replaces: id,
          correctsSince: null,
        });
      }
    } else {
      setResult({ kind: 'failed', failure: undone.failure });
    }
    attend(null);
  };

  const clear = (): void => {
    edit({ kind: 'cleared', token: newToken() });
    if (result?.kind === 'failed') setResult(null);
    attend(null);
  };

  const takeUp = useEffectEvent((corrected: Invitation, number: string) => {
    // What is typed already is somebody's who stands at the desk.
    if (!isEmpty(form)) return setResult({ kind: 'form-in-use' });
    const { id, name, businessId, consentAt, queuedAt } = corrected;
    filling.chooseBusiness(businessId);
    setResult(null);
    edit({
      kind: 'restored',
      token: newToken(),
      phone: number,
      name,
      hasConsent: consentAt !== null,
      replaces: id,
      correctsSince: isOpen(corrected) ? queuedAt : null,
    });
  });
  useEffect(() => {
    if (correction === null || known === null) return;
    const { invitation } = correction;
    onTaken();
    takeUp(invitation, known.rules.showPhone(invitation.phone, known.country));
  }, [correction, known, onTaken]);

  // The permission was given with one earlier SMS in view; another one is another question.
  const shownSentAt = verdict?.ruling.kind === 'closed' ? verdict.ruling.sentAt : null;
  useEffect(() => edit({ kind: 'left-alone' }), [edit, shownSentAt]);

  const sendLate = useEffectEvent(() => {
    setWanted(false);
    void send();
  });
  const isReady = obstacle !== 'starting' && settings !== null;
  useEffect(() => {
    if (isWanted && isReady) sendLate();
  }, [isWanted, isReady]);

  return {
    filling,
    answer,
    opinion,
    verdict,
    obstacle,
    doubt,
    result,
    send,
    undo,
    clear,
    mayUndo: canUndo(result),
  };
}
