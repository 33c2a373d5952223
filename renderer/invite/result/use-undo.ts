import { useIpc } from '../../ipc/use-ipc.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { formReducer, forceAgain, isEmpty, toDraft, type Edit, type Force } from '../form.ts';
import { withNameOfOpenInvitation } from './name-of-open-invitation.ts';
import { whoIs, type Result } from './result-text.ts';
import { newToken, type FormState } from '../use-form-state.ts';
import type { ClearedForm, ClearedForms, ClearedFormMessage } from '../use-cleared-form-list.ts';
import { isUndoable, withUndo } from './use-result.ts';

type Parts = {
  readonly filling: FormState;
  readonly result: Result | null;
  readonly setResult: (result: Result | null) => void;
  readonly clearedForms: ClearedForms;
  /** Runs one task at a time. */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
};

/** Undoes with one press: an invitation, the customer's refusal, a cleared form. */
export function useUndo({ filling, result, setResult, clearedForms, alone }: Parts) {
  const ipc = useIpc();
  const { t } = useTranslations();
  const { form, edit, phone, known } = filling;
  const wantedAgain = (written: string): Force =>
    forceAgain(written, (reason) => t(`invite.force.${reason}`));

  const undoInvitation = async (id: string): Promise<void> => {
    const undone = await ipc.call('invitation.undo', { id });
    if (!undone.ok) return setResult({ kind: 'failed', failure: undone.failure });
    setResult({ kind: 'invitation', invitation: undone.value });
    if (known === null) return;
    const { phone: number, name, businessId, consentAt, forceReason } = undone.value;
    const restored: Edit = {
      kind: 'restored',
      token: newToken(),
      phone: known.rules.formatPhone(number, known.country),
      name,
      hasConsent: consentAt !== null,
      businessId,
      replaces: id,
      // For the same invitation; the force ticket is requested again.
      wantedForce: forceReason === null ? null : wantedAgain(forceReason),
      correctsSince: null,
    };
    if (isEmpty(form)) return edit(restored);
    // The form keeps the next customer, and the undone invitation becomes a cleared form.
    const kept = toDraft(formReducer(form, restored));
    if (kept !== null) clearedForms.put(kept, 'taken-back');
  };

  const undoNo = async (no: Extract<Result, { readonly kind: 'said-no' }>): Promise<void> => {
    const { phone: number, since, who, ended } = no;
    const undone = await ipc.call('doNotContact.undoOptOut', { phone: number, since });
    if (!undone.ok) return setResult({ kind: 'failed', failure: undone.failure });
    setResult({ kind: 'no-taken-back', who, ended });
    if (isEmpty(form)) edit({ kind: 'form-restored', form: no.form });
    else clearedForms.put(no.form, 'in-the-way');
  };

  const undo = async (): Promise<void> => {
    const one = withUndo(result);
    if (one === null) return;
    await alone(() =>
      one.kind === 'invitation' ? undoInvitation(one.invitation.id) : undoNo(one),
    );
  };

  const { latest: clearedForm } = clearedForms;
  const restore = async (): Promise<void> => {
    if (clearedForm === null) return;
    await alone(async () => {
      clearedForms.take(toDraft(form));
      edit({ kind: 'form-restored', form: clearedForm.form });
    });
  };

  const sayNo = async (): Promise<void> => {
    const kept = toDraft(form);
    if (phone === null || known === null || kept === null) return;
    await alone(async () => {
      // The invitations end with the refusal, and with them the name that the form may need again.
      const open = kept.name === '' ? await ipc.call('outbox.list', {}) : null;
      const said = await ipc.call('doNotContact.optOut', { phone, staff: filling.staff });
      if (!said.ok) return setResult({ kind: 'failed', failure: said.failure });
      edit({ kind: 'saved', sent: form, tidied: filling.tidied, token: newToken() });
      const named = open?.ok === true ? withNameOfOpenInvitation(kept, phone, open.value) : kept;
      const who = whoIs(known.rules, { name: form.name.trim(), phone });
      setResult({ kind: 'said-no', who, phone, ...said.value, form: named });
    });
  };

  const canUndo = isUndoable(result);
  return {
    undoKey: undoKeyFor({ clearedForm, message: clearedForms.message, result }),
    /** Reports that the last invitation can no longer be undone. */
    tellTooLate: (): void => setResult({ kind: 'failed', failure: { kind: 'too-late' } }),
    canUndo,
    undo,
    clearedForm,
    clearedFormMessage: clearedForms.message,
    restore,
    sayNo,
  } as const;
}

/** What the undo key does. `too-late`: the last invitation is on the screen and can no longer be undone. */
export type UndoKey = 'restore' | 'undo' | 'too-late';

/** Returns what the undo key undoes: the last action, and nothing before it. */
export function undoKeyFor({
  clearedForm,
  message,
  result,
}: {
  readonly clearedForm: ClearedForm | null;
  readonly message: ClearedFormMessage;
  readonly result: Result | null;
}): UndoKey | null {
  if (clearedForm !== null && message === 'put') return 'restore';
  if (isUndoable(result)) return 'undo';
  if (result?.kind !== 'invitation') return null;
  return result.invitation.progress.state === 'cancelled' ? null : 'too-late';
}

/**
 * Restricts the undo key to this form's state. As soon as a person has typed, deleted or pasted, the key belongs to the
 * field, even when the form is empty again: it must not apply to the customer before. A filled form keeps two other
 * uses: it has just replaced another one, or the last result is an invitation that can no longer be undone.
 */
export function undoKeyOver(
  key: UndoKey | null,
  form: {
    readonly isEmpty: boolean;
    readonly isUntouched: boolean;
    readonly isAsTakenOver: boolean;
  },
): UndoKey | null {
  if (form.isEmpty) return form.isUntouched ? key : null;
  if (key === 'restore') return form.isAsTakenOver ? key : null;
  return key === 'too-late' ? key : null;
}
