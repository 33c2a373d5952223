import { actionsOn } from '../../../shared/invitation-actions.ts';
import type { Invitation } from '../../../shared/invitation.ts';
import { useClock } from '../../time/use-clock.ts';
import { IconAlert } from '../../components/icons.tsx';
import type { PhoneRules } from '../phone/use-phone-rules.ts';
import type { TabName } from '../../shell/tabs.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import { resultText, whoIs } from './result-text.ts';
import type { EarlierProblem } from './use-earlier-problems.ts';

type Props = {
  readonly earlierProblems: readonly EarlierProblem[];
  readonly rules: PhoneRules | null;
  readonly onTab: (tab: TabName) => void;
  readonly onEdit: (invitation: Invitation) => void;
  readonly onSeen: () => void;
};

/** Shows one line about all earlier problems; each is announced once, in full. */
export function EarlierProblemsLine({ earlierProblems, rules, onTab, onEdit, onSeen }: Props) {
  const translations = useTranslations();
  const { t } = translations;
  const clock = useClock();
  const whose = (invitation: Invitation): string =>
    rules === null ? '' : whoIs(rules, invitation);
  const ofState = (state: 'refused' | 'needs_decision'): readonly Invitation[] =>
    earlierProblems
      .map(({ invitation }) => invitation)
      .filter(({ progress }) => progress.state === state);
  const refused = ofState('refused');
  const undecided = ofState('needs_decision');
  const [onlyRefused, ...otherRefused] = refused;
  const [onlyUndecided, ...otherUndecided] = undecided;
  const editable =
    onlyRefused !== undefined && otherRefused.length === 0 && canEdit(onlyRefused)
      ? onlyRefused
      : null;
  return (
    <>
      <div className="visually-hidden" role="status" aria-atomic="false">
        {earlierProblems
          .filter(({ wasRead }) => !wasRead)
          .map(({ invitation }) => (
            <p key={`${invitation.id} ${invitation.progress.state}`}>
              {resultText(
                translations,
                { kind: 'invitation', invitation },
                whose(invitation),
                clock(),
              )}
            </p>
          ))}
      </div>
      {earlierProblems.length > 0 && (
        <div className="earlier-problems">
          <IconAlert />
          <div className="earlier-problem-links">
            {onlyRefused !== undefined && (
              <button
                type="button"
                className="earlier-problem-link"
                onClick={() => onTab('history')}
              >
                {otherRefused.length === 0 && rules !== null
                  ? t('result.lateRefused', { who: whose(onlyRefused) })
                  : t('result.lateRefusedMany', { count: refused.length })}
              </button>
            )}
            {onlyUndecided !== undefined && (
              <button
                type="button"
                className="earlier-problem-link"
                onClick={() => onTab('outbox')}
              >
                {otherUndecided.length === 0 && rules !== null
                  ? t('result.lateDecision', { who: whose(onlyUndecided) })
                  : t('result.lateDecisionMany', { count: undecided.length })}
              </button>
            )}
          </div>
          {editable !== null && (
            <button type="button" className="button button-small" onClick={() => onEdit(editable)}>
              {t('action.edit')}
            </button>
          )}
          <button type="button" className="button button-small" onClick={onSeen}>
            {t('result.lateSeen')}
          </button>
        </div>
      )}
    </>
  );
}

/** Whether a refused invitation can be corrected in the form. */
export function canEdit(invitation: Invitation): boolean {
  return invitation.progress.state === 'refused' && actionsOn(invitation).includes('edit');
}
