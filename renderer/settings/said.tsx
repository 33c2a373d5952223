import type { AnyFailure } from '../desk.ts';
import { failureWords } from '../failure-words.ts';
import { IconAlert, IconCheckRing } from '../icons.tsx';
import { useWords } from '../words.ts';

/** What came of the last thing that was done in a section. */
export type Said =
  | { readonly kind: 'good'; readonly text: string }
  | { readonly kind: 'bad'; readonly text: string }
  | { readonly kind: 'failure'; readonly failure: AnyFailure };

/** What a computer did not allow is more than that its setting was saved. */
export function orTrouble(said: Said | null, trouble: string | null): Said | null {
  return trouble === null ? said : { kind: 'bad', text: trouble };
}

/** Says it, aloud too. Its live region is there before it has anything to say. */
export function SaidRegion({ said }: { readonly said: Said | null }) {
  const words = useWords();
  return (
    <div role="status">
      {said !== null && (
        <p className={said.kind === 'good' ? 'note note-good' : 'note note-bad'}>
          {said.kind === 'good' ? <IconCheckRing /> : <IconAlert />}
          <span>{said.kind === 'failure' ? failureWords(words, said.failure) : said.text}</span>
        </p>
      )}
    </div>
  );
}
