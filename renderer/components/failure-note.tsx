import type { AnyFailure } from '../ipc/client.ts';
import { failureWords } from '../i18n/failure-text.ts';
import { IconAlert } from './icons.tsx';
import { useWords } from '../i18n/translations.ts';

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
