import { useState } from 'react';
import type { StartProblem } from '../../shared/desk-snapshot.ts';
import type { AnyFailure } from '../ipc/client.ts';
import { useIpc } from '../ipc/use-ipc.ts';
import { BellMark } from '../components/icons.tsx';
import { useTranslations } from '../i18n/translations.ts';
import { startProblemText } from './start-problem-text.ts';
import { FailureNote } from '../components/failure-note.tsx';

type Props = {
  readonly version: string;
  readonly problem: StartProblem;
  readonly onRetried: () => void;
};

/** Replaces the tabs when Deskbell is open but cannot work: the problem, what to do, and a retry. */
export function BlockedPage({ version, problem, onRetried }: Props) {
  const translations = useTranslations();
  const { t } = translations;
  const ipc = useIpc();
  const [isRetrying, setRetrying] = useState(false);
  const [failure, setFailure] = useState<AnyFailure | null>(null);
  const { title, details, todo } = startProblemText(translations, problem);

  const retry = async (): Promise<void> => {
    if (isRetrying) return;
    setRetrying(true);
    const answer = await ipc.call('app.retryStart', {});
    setRetrying(false);
    setFailure(answer.ok ? null : answer.failure);
    onRetried();
  };
  return (
    <div className="shell">
      <header className="shell-header">
        <p className="brand">
          <BellMark />
          <span>{t('product')}</span>
        </p>
      </header>
      <main className="shell-main">
        <div className="notice" role="alert">
          <h1>{t('blocked.title')}</h1>
          <p className="notice-lead">{title}</p>
          {details.map((detail) => (
            <p key={detail} className="notice-detail">
              {detail}
            </p>
          ))}
          <p>{todo}</p>
          <button
            type="button"
            className="button button-primary"
            aria-disabled={isRetrying}
            onClick={() => void retry()}
          >
            {isRetrying ? t('blocked.retrying') : t('blocked.retry')}
          </button>
          {failure !== null && <FailureNote failure={failure} />}
          <p className="notice-version">{t('blocked.version', { version })}</p>
        </div>
      </main>
    </div>
  );
}
