import { useState } from 'react';
import type { AnyFailure } from '../ipc/client.ts';
import { failureText } from '../i18n/failure-text.ts';
import { IconAlert, IconCheckRing } from './icons.tsx';
import { useSecondsLeft, withSecondsLeft } from './pin-wait.ts';
import { useTranslations, type Translations } from '../i18n/translations.ts';

/** The result of the last action. */
export type StatusMessage =
  | { readonly kind: 'good'; readonly text: string }
  | { readonly kind: 'bad'; readonly text: string }
  | { readonly kind: 'failure'; readonly failure: AnyFailure };

/** Prefers a problem of the computer over the message that a setting was saved. */
export function orError(said: StatusMessage | null, trouble: string | null): StatusMessage | null {
  return trouble === null ? said : { kind: 'bad', text: trouble };
}

/** Whether the message reports an error. */
export function isBad(said: StatusMessage | null): boolean {
  return said !== null && said.kind !== 'good';
}

/**
 * Shows a message until the next one, and announces it. The live region exists before its first message; a repeated
 * message is announced again. A countdown is only visible: screen readers get its start and its end.
 */
export function StatusRegion({
  said,
  id,
}: {
  readonly said: StatusMessage | null;
  readonly id?: string;
}) {
  const translations = useTranslations();
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
            <span>
              {isOver ? translations.t('failure.pin-wait.over') : textOf(translations, said)}
            </span>
          </p>
        )}
      </div>
      {isCounting && failure !== null && (
        <p className={noteClass(false)} aria-hidden="true">
          <IconAlert />
          <span>{failureText(translations, withSecondsLeft(failure, left))}</span>
        </p>
      )}
    </>
  );
}

const noteClass = (isGood: boolean): string => (isGood ? 'note note-good' : 'note note-bad');

function textOf(translations: Translations, said: StatusMessage): string {
  return said.kind === 'failure' ? failureText(translations, said.failure) : said.text;
}

/** Counts the changes of a value. */
function useTurn(value: unknown): number {
  const [seen, setSeen] = useState({ value, turn: 0 });
  if (seen.value !== value) setSeen({ value, turn: seen.turn + 1 });
  return seen.turn;
}
