import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { cleanName } from '../../shared/customer-name.ts';
import type { DeskSettings } from '../ipc/client.ts';
import type { EarlyInput } from '../input-before-react.ts';
import { useIpc } from '../ipc/use-ipc.ts';
import { isOpen, type Invitation } from '../../shared/invitation.ts';
import type { LastChoices } from '../../shared/last-choices.ts';
import { shownToForce } from '../../shared/verdict.ts';
import { useTranslations } from '../i18n/translations.ts';
import { forceAgain, isEmpty, NO_REASON } from './form.ts';
import { isConfirmed, phoneWarning } from './phone/phone-warning.ts';
import { findBlocker, type Blocker } from './validation.ts';
import type { TabName } from '../shell/tabs.tsx';
import { sendForm } from './send-form.ts';
import { newToken, useFormState } from './use-form-state.ts';
import { useFormDraft } from './use-form-draft.ts';
import { useMessage } from './message/use-message.ts';
import { useResult } from './result/use-result.ts';
import { useVerdict } from './verdict/use-verdict.ts';
import { useClearForm } from './use-clear-form.ts';
import { useUndo } from './result/use-undo.ts';

/** An invitation to correct; a new object for each request. */
export type Correction = {
  readonly invitation: Invitation;
  /** Whether to send it again anyway. */
  readonly wantsForce: boolean;
};

type Surroundings = {
  /** Null until known. */
  readonly settings: DeskSettings | null;
  readonly remembered: LastChoices | null;
  readonly firstKeys: EarlyInput;
  readonly correction: Correction | null;
  /** Must keep its identity. */
  readonly onCorrectionTaken: () => void;
  /** The shown tab. */
  readonly tab: TabName;
  /** Whether the message editor is open. */
  readonly isMessageOpen: boolean;
};

/**
 * The state of the form: its content, its verdict, sending it once, undoing it. Calls `attend` with what staff should
 * see next: an obstacle, or null for the phone field; `unsaidOf`: the token of a form whose obstacle is not shown yet.
 */
export function useInvite(
  given: Surroundings,
  attend: (to: Blocker | null, unsaidOf: string | null) => void,
) {
  const { settings, remembered, firstKeys } = given;
  const ipc = useIpc();
  const { t } = useTranslations();
  const { result, setResult, earlierProblems, markProblemsSeen, clearedForms } = useResult(
    given.tab,
  );
  const filling = useFormState(settings, remembered, firstKeys.text, (kept) =>
    clearedForms.put(kept, 'in-the-way'),
  );
  const { form, edit, reading, phone, business, known } = filling;
  const [isBusinessUnclear, setBusinessUnclear] = useState(false);
  const message = useMessage(remembered, business?.id, given.isMessageOpen);
  const { answer, opinion, learn } = useVerdict(
    phone,
    {
      name: cleanName(form.name),
      businessId: business?.id ?? null,
      replaces: form.replaces,
    },
    { known, text: form.phone },
  );
  const verdict = answer?.ok === true ? answer.value : null;
  const obstacle = findBlocker({
    form,
    reading,
    verdict,
    needsConsent: settings?.requireConsent ?? null,
    needsPin: settings?.forceNeedsPin === true,
    messageProblem: message.problemWith(form.name),
    businessId: business?.id,
    isBusinessUnclear,
  });
  const doubt = phoneWarning(reading);
  // One at a time: the second of two Enters finds the first one running.
  const isBusy = useRef(false);
  /** `work` returns what staff should see next, if not the phone field. */
  const alone = async (work: () => Promise<Blocker | null>): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    let next: Blocker | null = null;
    try {
      next = await work();
    } finally {
      isBusy.current = false;
    }
    attend(next, null);
  };
  const [isWanted, setWanted] = useState(firstKeys.isEnterPressed);

  /** Sends the form; `isQuestionInView`: whether staff can see the question about a doubtful number. */
  const send = async (isQuestionInView: boolean): Promise<void> => {
    if (isBusy.current) return;
    if (obstacle === 'starting') setWanted(true);
    if (obstacle !== null || phone === null || business === undefined)
      return attend(obstacle, form.token);
    const now = performance.now();
    if (doubt !== null && !(isConfirmed(form.askedAt, now) && isQuestionInView)) {
      // Asks again where the question was scrolled away.
      if (form.askedAt === null || !isQuestionInView) edit({ kind: 'asked', at: now });
      return;
    }
    await alone(async () => {
      message.keep();
      const sent = await sendForm(ipc, {
        form,
        phone,
        businessId: business.id,
        staff: filling.staff,
        message: message.text,
        shownAt: shownToForce(verdict),
        reason: reasonText(),
      });
      if (sent.kind === 'saved') {
        edit({ kind: 'saved', sent: form, tidied: filling.tidied, token: newToken() });
        setResult({ kind: 'invitation', invitation: sent.invitation });
      } else {
        const isWrongPin = sent.failure.kind === 'wrong-pin' || sent.failure.kind === 'pin-wait';
        // The content stays; only a wrong PIN or a failed "Send again anyway" is cleared.
        edit(isWrongPin ? { kind: 'pin', text: '' } : { kind: 'left-alone' });
        if (sent.verdict !== null) learn(sent.verdict);
        setResult({ kind: 'failed', failure: sent.failure });
        if (isWrongPin) return 'no-pin';
      }
      return null;
    });
  };

  const reasonText = (): string => {
    const { reason, other } = form.force ?? { reason: null, other: '' };
    if (reason === null || reason === 'other') return other;
    return t(`invite.force.${reason}`);
  };

  const wayBack = useUndo({
    filling,
    result,
    setResult,
    clearedForms,
    alone: (work) =>
      alone(async () => {
        await work();
        return null;
      }),
  });
  const putAside = useClearForm({ form, edit, clearedForms });
  useFormDraft(form, (kept) => {
    // The form already has content: offer the draft beside it.
    if (!isEmpty(form)) return clearedForms.put(kept, 'in-the-way');
    edit({ kind: 'form-restored', form: kept });
    setResult({ kind: 'recalled' });
  });

  const clear = (): void => {
    if (result?.kind === 'failed') setResult(null);
    putAside('cleared');
    attend(null, null);
  };

  const correct = ({ invitation: corrected, wantsForce }: Correction): void => {
    if (known === null) return;
    // The content belongs to the person at the desk.
    if (!isEmpty(form)) return setResult({ kind: 'form-in-use' });
    markProblemsSeen(corrected.id);
    const { id, name, businessId, consentAt, queuedAt, forceReason } = corrected;
    const isKept = forceReason !== null && isProvedUnsent(corrected);
    const kept = isKept ? forceAgain(forceReason, (reason) => t(`invite.force.${reason}`)) : null;
    setResult(null);
    edit({
      kind: 'restored',
      token: newToken(),
      phone: known.rules.formatPhone(corrected.phone, known.country),
      name,
      hasConsent: consentAt !== null,
      businessId,
      replaces: id,
      wantedForce: wantsForce ? NO_REASON : kept,
      correctsSince: isOpen(corrected) ? queuedAt : null,
    });
  };
  const takeUp = useEffectEvent(correct);
  const { correction, onCorrectionTaken } = given;
  useEffect(() => {
    if (correction === null || known === null) return;
    onCorrectionTaken();
    takeUp(correction);
  }, [correction, known, onCorrectionTaken]);

  // The force ticket was for one earlier SMS; another SMS is another question.
  const shownAt = shownToForce(verdict);
  useEffect(
    () => edit({ kind: 'verdict-changed', isForceOffered: shownAt !== null }),
    [edit, shownAt],
  );

  const sendLate = useEffectEvent(() => {
    setWanted(false);
    void send(false);
  });
  const isReady = obstacle !== 'starting' && settings !== null;
  useEffect(() => {
    if (isWanted && isReady) sendLate();
  }, [isWanted, isReady]);

  return {
    filling,
    message,
    answer,
    opinion,
    verdict,
    obstacle,
    doubt,
    result,
    earlierProblems,
    markProblemsSeen,
    /** Loads a refused invitation of this desk into the form. */
    correct: (invitation: Invitation): void => {
      correct({ invitation, wantsForce: false });
      attend(null, null);
    },
    send,
    clear,
    setBusinessUnclear,
    ...wayBack,
  };
}

/**
 * Whether a correction replaces an invitation that cannot have been sent: then it needs no second "Send again anyway".
 */
function isProvedUnsent({ progress, mayHaveLeft }: Invitation): boolean {
  return (progress.state === 'held' || progress.state === 'waiting') && !mayHaveLeft;
}
