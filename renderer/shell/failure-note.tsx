import type { AnyFailure } from '../desk.ts';
import { failureWords } from '../failure-words.ts';
import { IconAlert } from '../icons.tsx';
import { useWords } from '../words.ts';

/** A failure in words, announced at once. */
export function FailureNote({ failure }: { readonly failure: AnyFailure }) {
  const words = useWords();
  return (
    <p className="note note-bad" role="alert">
      <IconAlert />
      <span>{failureWords(words, failure)}</span>
    </p>
  );
}
