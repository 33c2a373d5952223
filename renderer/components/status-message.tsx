import { useState } from 'react';
import type { AnyFailure } from '../ipc/client.ts';
import { failureText } from '../i18n/failure-text.ts';
import { IconAlert, IconCheckRing } from './icons.tsx';
import { useSecondsLeft, withSecondsLeft } from './pin-wait.ts';
import { useTranslations, type Translations } from '../i18n/translations.ts';

/** What came of the last thing that somebody did. */
export type StatusMessage =
  | { readonly kind: 'good'; readonly text: string }
  | { readonly kind: 'bad'; readonly text: string }
  | { readonly kind: 'failure'; readonly failure: AnyFailure };

/** What a computer did not allow is more than that its setting was saved. */
export function orError(said: StatusMessage | null, trouble: string | null): StatusMessage | null {
  return trouble === null ? said : { kind: 'bad', text: trouble };
}

/** Whether something went wrong. */
export function isBad(said: StatusMessage | null): boolean {
  return said !== null && said.kind !== 'good';
}

/**
 * Says it, aloud too, and shows it until the next one. The live region is there before it has anything to say; the same
 * words are read again when they are said again. Seconds that count down are seen; heard is how many there are, and when
 * they are over.
 */
export function StatusRegion({
  said,
  id,
}: {
  readonly said: StatusMessage | null;
  readonly id?: string;
}) {
  const words = useTranslations();
  const turn = useTurn(said);
  const failure = said?.kind === 'failure' ? said.failure : null;
  const left = useSecondsLeft(failure);
  const isCounting = left !== null && left > 0;
  const isOver = left === 0;
  return (
    <>
      <div role="status" id={id}>
        {said !== null && (
          <p
            key={`${turn} ${isOver}`}
            className={isCounting ? 'visually-hidden' : noteClass(said.kind === 'good' || isOver)}
          >
            {said.kind === 'good' || isOver ? <IconCheckRing /> : <IconAlert />}
            <span>{isOver ? words.t('failure.pin-wait.over') : wordsOf(words, said)}</span>
          </p>
        )}
      </div>
      {isCounting && failure !== null && (
        <p className={noteClass(false)} aria-hidden="true">
          <IconAlert />
          <span>{failureText(words, withSecondsLeft(failure, left))}</span>
        </p>
      )}
    </>
  );
}

const noteClass = (isGood: boolean): string => (isGood ? 'note note-good' : 'note note-bad');

function wordsOf(words: Translations, said: StatusMessage): string {
  return said.kind === 'failure' ? failureText(words, said.failure) : said.text;
}

/** How often the value has become another one. */
function useTurn(value: unknown): number {
  const [seen, setSeen] = useState({ value, turn: 0 });
  if (seen.value !== value) setSeen({ value, turn: seen.turn + 1 });
  return seen.turn;
}
