import { useState } from 'react';
import type { AnyFailure } from './desk.ts';
import { failureWords } from './failure-words.ts';
import { IconAlert, IconCheckRing } from './icons.tsx';
import { useWords } from './words.ts';

/** What came of the last thing that somebody did. */
export type Said =
  | { readonly kind: 'good'; readonly text: string }
  | { readonly kind: 'bad'; readonly text: string }
  | { readonly kind: 'failure'; readonly failure: AnyFailure };

/** What a computer did not allow is more than that its setting was saved. */
export function orTrouble(said: Said | null, trouble: string | null): Said | null {
  return trouble === null ? said : { kind: 'bad', text: trouble };
}

/** Whether something went wrong. */
export function isBad(said: Said | null): boolean {
  return said !== null && said.kind !== 'good';
}

/**
 * Says it, aloud too, and shows it until the next one. The live region is there before it has anything to say; the same
 * words are read again when they are said again.
 */
export function SaidRegion({ said, id }: { readonly said: Said | null; readonly id?: string }) {
  const words = useWords();
  const turn = useTurn(said);
  return (
    <div role="status" id={id}>
      {said !== null && (
        <p key={turn} className={said.kind === 'good' ? 'note note-good' : 'note note-bad'}>
          {said.kind === 'good' ? <IconCheckRing /> : <IconAlert />}
          <span>{said.kind === 'failure' ? failureWords(words, said.failure) : said.text}</span>
        </p>
      )}
    </div>
  );
}

/** How often the value has become another one. */
function useTurn(value: unknown): number {
  const [seen, setSeen] = useState({ value, turn: 0 });
  if (seen.value !== value) setSeen({ value, turn: seen.turn + 1 });
  return seen.turn;
}
