import { useEffect, useRef, type ReactNode } from 'react';
import type { Invitation } from '../../../shared/invitation.ts';
import { SECOND_MS } from '../../../shared/time.ts';
import { useClock } from '../../time/use-clock.ts';
import { IconAlert, IconHand, IconUndo } from '../../components/icons.tsx';
import type { PhoneRules } from '../phone/use-phone-rules.ts';
import type { TabName } from '../../shell/tabs.tsx';
import { StateIcon } from '../../invitations/state-icon.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import { clearedFormText, resultText, whoIs, type Result } from './result-text.ts';
import { canEdit, EarlierProblemsLine } from './earlier-problems.tsx';
import { failureText } from '../../i18n/failure-text.ts';
import { useSecondsLeft, withSecondsLeft } from '../../components/pin-wait.ts';
import type { EarlierProblem } from './use-earlier-problems.ts';
import type { useUndo } from './use-undo.ts';

type Props = {
  readonly result: Result | null;
  /** The id of the element with the result. */
  readonly resultId: string;
  /** Earlier problems that no person has seen. */
  readonly earlierProblems: readonly EarlierProblem[];
  readonly rules: PhoneRules | null;
  /** What can be undone and restored now, and which of the two the undo key does. */
  readonly ways: ResultActions;
  readonly onTab: (tab: TabName) => void;
  readonly onEdit: (invitation: Invitation) => void;
  /** Called when the earlier problems were seen. */
  readonly onSeen: () => void;
};

export type ResultActions = Pick<
  ReturnType<typeof useUndo>,
  'undoKey' | 'canUndo' | 'undo' | 'clearedForm' | 'clearedFormMessage' | 'restore'
>;

/** Shows the result of the last form, with Undo while possible; below it the latest cleared form. */
export function ResultBar({
  result,
  resultId,
  earlierProblems,
  rules,
  ways,
  onTab,
  onEdit,
  onSeen,
}: Props) {
  const translations = useTranslations();
  const { t } = translations;
  const clock = useClock();
  const isInvitation = result?.kind === 'invitation';
  const failure = result?.kind === 'failed' ? result.failure : null;
  const left = useSecondsLeft(failure);
  const isCounting = left !== null && left > 0;
  const clearedText = clearedFormText(translations, ways.clearedForm, ways.clearedFormMessage);
  const who = isInvitation && rules !== null ? whoIs(rules, result.invitation) : '';
  return (
    <div className="results">
      <EarlierProblemsLine
        earlierProblems={earlierProblems}
        rules={rules}
        onTab={onTab}
        onEdit={onEdit}
        onSeen={onSeen}
      />
      <div className="result" data-kind={result?.kind}>
        <div role="status" aria-label={t('result.label')}>
          {result !== null && (
            <p
              key={String(left === 0)}
              id={resultId}
              className={isCounting ? 'visually-hidden' : undefined}
            >
              <ResultIcon result={result} />
              <span>
                {failure !== null && left === 0
                  ? failureText(translations, withSecondsLeft(failure, 0))
                  : resultText(translations, result, who, clock())}
              </span>
            </p>
          )}
        </div>
        {/* A countdown is only visible: screen readers get its start and its end. */}
        {isCounting && failure !== null && (
          <p aria-hidden="true">
            <IconAlert />
            <span>{failureText(translations, withSecondsLeft(failure, left))}</span>
          </p>
        )}
        {isInvitation && canEdit(result.invitation) && (
          <button type="button" className="button" onClick={() => onEdit(result.invitation)}>
            {t('action.edit')}
          </button>
        )}
        {ways.canUndo && (
          <BackButton hasKey={ways.undoKey === 'undo'} onBack={ways.undo}>
            {t(result?.kind === 'said-no' ? 'result.undoSaidNo' : 'result.undo')}
          </BackButton>
        )}
        {isInvitation && <UndoTime key={result.invitation.id} result={result} />}
      </div>
      <div className="result" data-kind={clearedText === null ? undefined : 'cleared'}>
        {/* Announce only what has just happened. */}
        <div role="status" aria-live={ways.clearedFormMessage === 'nothing' ? 'off' : 'polite'}>
          {clearedText !== null && (
            <p>
              <IconUndo />
              <span>{clearedText}</span>
            </p>
          )}
        </div>
        {ways.clearedForm !== null && (
          <BackButton hasKey={ways.undoKey === 'restore'} onBack={ways.restore}>
            {t('result.bringBack')}
          </BackButton>
        )}
      </div>
    </div>
  );
}

type BackProps = {
  readonly hasKey: boolean;
  readonly onBack: () => Promise<void>;
  readonly children: ReactNode;
};

function BackButton({ hasKey, onBack, children }: BackProps) {
  return (
    <button
      type="button"
      className="button"
      aria-keyshortcuts={hasKey ? 'Control+Z Meta+Z' : undefined}
      onClick={() => void onBack()}
    >
      <IconUndo />
      {children}
    </button>
  );
}

function ResultIcon({ result }: { readonly result: Result }) {
  switch (result.kind) {
    case 'invitation':
      return <StateIcon state={result.invitation.progress.state} />;
    case 'said-no':
      return <IconHand />;
    case 'no-taken-back':
    case 'recalled':
      return <IconUndo />;
    case 'failed':
    case 'form-in-use':
      return <IconAlert />;
    default:
      return result satisfies never;
  }
}

/** A line that shrinks while Undo is possible. Visual only: the text says the same. */
function UndoTime({
  result,
}: {
  readonly result: Extract<Result, { readonly kind: 'invitation' }>;
}) {
  const line = useRef<HTMLDivElement>(null);
  const { progress } = result.invitation;
  const isHeld = progress.state === 'held' && progress.why === 'undo';
  const holdMs = isHeld ? progress.notBefore - progress.at : null;
  useEffect(() => {
    if (holdMs === null || matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
    // The hold lasts a second longer than shown, so that a late press still counts.
    const duration = Math.max(0, holdMs - SECOND_MS);
    const shrinking = line.current?.animate(
      { transform: ['scaleX(1)', 'scaleX(0)'] },
      { duration, fill: 'forwards' },
    );
    return () => shrinking?.cancel();
  }, [holdMs, progress.at]);
  return holdMs === null ? null : <div ref={line} className="undo-time" aria-hidden="true" />;
}
