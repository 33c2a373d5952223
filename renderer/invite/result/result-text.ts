import type { Invitation, Progress } from '../../../shared/invitation.ts';
import type { FormDraft } from '../../../shared/form-draft.ts';
import type { E164 } from '../../../shared/phone/e164.ts';
import type { EpochMs } from '../../../shared/time.ts';
import type { AnyFailure } from '../../ipc/client.ts';
import { failureText } from '../../i18n/failure-text.ts';
import type { PhoneRules } from '../phone/use-phone-rules.ts';
import { refusalText } from '../../invitations/refusal-text.ts';
import type { Translations } from '../../i18n/translations.ts';
import type { ClearedForm, ClearedFormMessage } from '../use-cleared-form-list.ts';

/** The result of the last form. */
export type Result =
  | { readonly kind: 'invitation'; readonly invitation: Invitation }
  | { readonly kind: 'failed'; readonly failure: AnyFailure }
  /** The number is on the do-not-contact list after the customer's refusal; it already was when it is not `isNew`. */
  | {
      readonly kind: 'said-no';
      readonly who: string;
      readonly phone: E164;
      readonly since: EpochMs;
      readonly isNew: boolean;
      /** How many invitations ended with it. */
      readonly ended: number;
      readonly form: FormDraft;
    }
  /** `ended`: how many invitations had ended with the refusal; they stay ended. */
  | { readonly kind: 'no-taken-back'; readonly who: string; readonly ended: number }
  /** The page crashed and has reloaded, with the form draft. */
  | { readonly kind: 'recalled' }
  /** The form already has content, so another invitation was not loaded into it. */
  | { readonly kind: 'form-in-use' };

/** Returns a short description of the customer that others may overhear: the name, or a masked number. */
export function whoIs(
  rules: Pick<PhoneRules, 'maskPhone'>,
  { name, phone }: Pick<Invitation, 'name' | 'phone'>,
): string {
  return name === '' ? rules.maskPhone(phone) : name;
}

/** Describes the latest cleared form, or the restored one; null: there is neither. */
export function clearedFormText(
  { t }: Translations,
  clearedForm: ClearedForm | null,
  message: ClearedFormMessage,
): string | null {
  if (message === 'restored') return t('result.putAside.restored');
  if (clearedForm === null) return null;
  const { why, form } = clearedForm;
  if (message === 'nothing') return t('result.putAside.earlier');
  if (message === 'exchange') return t('result.putAside.in-the-way');
  const isCorrection = form.correctsSince !== null;
  if (isCorrection && why === 'cleared') return t('result.putAside.correction');
  if (isCorrection && why === 'left-alone') return t('result.putAside.correction-left-alone');
  return t(`result.putAside.${why}`);
}

/** Describes the result. */
export function resultText(
  translations: Translations,
  result: Result,
  who: string,
  now: EpochMs,
): string {
  switch (result.kind) {
    case 'failed':
      return failureText(translations, result.failure);
    case 'form-in-use':
      return translations.t('result.formInUse');
    case 'said-no':
      return translations.t(result.isNew ? 'result.saidNo' : 'result.saidNoBefore', {
        who: result.who,
      });
    case 'no-taken-back':
      return translations.t(result.ended > 0 ? 'result.noTakenBackEnded' : 'result.noTakenBack', {
        who: result.who,
      });
    case 'recalled':
      return translations.t('result.recalled');
    case 'invitation':
      return progressText(translations, result.invitation.progress, who, now);
    default:
      return result satisfies never;
  }
}

function progressText(
  translations: Translations,
  progress: Progress,
  who: string,
  now: EpochMs,
): string {
  const { t, moment } = translations;
  switch (progress.state) {
    case 'held':
      return progress.why === 'undo'
        ? t('result.saved', { who })
        : t('result.savedForHours', { who, when: moment(progress.notBefore, now) });
    case 'refused':
      return t('result.refused', { who, text: refusalText(translations, progress) });
    case 'waiting':
    case 'sending':
    case 'accepted':
    case 'unconfirmed':
    case 'needs_decision':
    case 'maybe_sent':
    case 'expired':
      return t(`result.${progress.state}`, { who });
    case 'cancelled':
      return progress.why === undefined
        ? t('result.cancelled', { who })
        : t(`result.cancelledBecause.${progress.why}`, { who });
    default:
      return progress satisfies never;
  }
}
