import type { ReactNode } from 'react';
import { IconSend } from '../components/icons.tsx';
import { useTranslations } from '../i18n/translations.ts';
import type { Blocker } from './validation.ts';

type Props = {
  readonly obstacle: Blocker | null;
  /** The id of the element that explains the obstacle. */
  readonly hintId: string;
  /** The question about a doubtful number that waits for another Enter. */
  readonly question: 'landline' | 'special' | null;
  /** The number of the last failed attempt, so that each one is announced; null without one. */
  readonly complaint: number | null;
  /** Content beside the button. */
  readonly children: ReactNode;
};

/** Sends, or shows beside it why it cannot. Never disabled, so that the reason can always be announced. */
export function SendButton({ obstacle, hintId, question, complaint, children }: Props) {
  const { t } = useTranslations();
  const asked = question === null ? '' : t(`invite.confirm.${question}`);
  const isAsked = obstacle === null && question !== null;
  const hint = obstacle === null ? asked : t(`invite.obstacle.${obstacle}`);
  return (
    <footer className="send">
      <button
        type="submit"
        className="button button-primary send-button"
        aria-disabled={obstacle !== null}
        aria-describedby={hintId}
      >
        <IconSend />
        {t('invite.send')}
        <kbd aria-hidden="true">{t('invite.enter')}</kbd>
      </button>
      {children}
      <p
        id={hintId}
        key={complaint ?? 'quiet'}
        className="hint"
        data-asked={isAsked}
        role={complaint !== null || isAsked ? 'alert' : undefined}
      >
        {hint}
      </p>
    </footer>
  );
}
