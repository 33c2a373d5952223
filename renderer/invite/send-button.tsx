import type { ReactNode } from 'react';
import { IconSend } from '../components/icons.tsx';
import { useTranslations } from '../i18n/translations.ts';
import type { Blocker } from './validation.ts';

type Props = {
  readonly obstacle: Blocker | null;
  /** The id of the element that says why it cannot. */
  readonly hintId: string;
  /** What was asked about a doubtful number and waits for another Enter. */
  readonly question: 'landline' | 'special' | null;
  /** Somebody has just tried in vain: which attempt it was, each of which is said; null: nobody has. */
  readonly complaint: number | null;
  /** What stands beside it. */
  readonly children: ReactNode;
};

/** Sends, or says beside it why it cannot. It can always be pressed, so that the reason can always be heard. */
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
