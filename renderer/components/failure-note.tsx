import type { AnyFailure } from '../ipc/client.ts';
import { failureText } from '../i18n/failure-text.ts';
import { IconAlert } from './icons.tsx';
import { useTranslations } from '../i18n/translations.ts';

/** Shows a failure as text, and announces it at once. */
export function FailureNote({ failure }: { readonly failure: AnyFailure }) {
  const translations = useTranslations();
  return (
    <p className="note note-bad" role="alert">
      <IconAlert />
      <span>{failureText(translations, failure)}</span>
    </p>
  );
}
