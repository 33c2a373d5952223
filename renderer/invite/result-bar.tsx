import { useEffect, useRef } from 'react';
import { SECOND_MS } from '../../shared/time.ts';
import { IconAlert, IconUndo } from '../icons.tsx';
import type { PhoneRules } from '../phone-rules.ts';
import { StateIcon } from '../state-icon.tsx';
import { useWords } from '../words.ts';
import { resultWords, whoIs, type Result } from './result-words.ts';

type Props = {
  readonly result: Result | null;
  readonly rules: PhoneRules | null;
  readonly mayUndo: boolean;
  readonly onUndo: () => void;
};

/** What became of the last form, with a way back while there is one. */
export function ResultBar({ result, rules, mayUndo, onUndo }: Props) {
  const words = useWords();
  const { t } = words;
  const isInvitation = result?.kind === 'invitation';
  const who = isInvitation && rules !== null ? whoIs(rules, result.invitation) : '';
  return (
    <div className="result" data-kind={result?.kind}>
      <div role="status" aria-label={t('result.label')}>
        {result !== null && (
          <p>
            {isInvitation ? <StateIcon state={result.invitation.progress.state} /> : <IconAlert />}
            <span>{resultWords(words, result, who, Date.now())}</span>
          </p>
        )}
      </div>
      {mayUndo && (
        <button
          type="button"
          className="button"
          aria-keyshortcuts="Control+Z Meta+Z"
          onClick={onUndo}
        >
          <IconUndo />
          {t('result.undo')}
        </button>
      )}
      {isInvitation && <UndoTime key={result.invitation.id} result={result} />}
    </div>
  );
}

/** The line that shrinks while Undo is possible. For the eye only: the words say the same. */
function UndoTime({
  result,
}: {
  readonly result: Extract<Result, { readonly kind: 'invitation' }>;
}) {
  const line = useRef<HTMLDivElement>(null);
  const { progress } = result.invitation;
  const endsAt = progress.state === 'held' && progress.why === 'undo' ? progress.notBefore : null;
  useEffect(() => {
    if (endsAt === null) return undefined;
    // The hold lasts a second longer than it is shown, so that a late press still counts.
    const duration = Math.max(0, endsAt - Date.now() - SECOND_MS);
    const shrinking = line.current?.animate(
      { transform: ['scaleX(1)', 'scaleX(0)'] },
      { duration, fill: 'forwards' },
    );
    return () => shrinking?.cancel();
  }, [endsAt]);
  return endsAt === null ? null : <div ref={line} className="undo-time" aria-hidden="true" />;
}
