import { actionsOn, type Action } from '../../shared/invitation-actions.ts';
import type { Invitation } from '../../shared/invitation.ts';
import { useTranslations } from '../i18n/translations.ts';

type Props = {
  readonly invitation: Invitation;
  /** The id of the text that tells which invitation the buttons act on, for screen readers. */
  readonly describedBy: string;
  readonly onAct: (action: Action) => void;
};

/** The actions on an invitation, the safe one first; nothing when there are none. */
export function RowActions({ invitation, describedBy, onAct }: Props) {
  const { t } = useTranslations();
  const actions = actionsOn(invitation);
  const isDecision = invitation.progress.state === 'needs_decision';
  if (actions.length === 0) return null;
  return (
    <div className="row-actions">
      {actions.map((action, at) => (
        <button
          key={action}
          type="button"
          className={isDecision && at === 0 ? 'button button-primary' : 'button'}
          aria-describedby={describedBy}
          onClick={() => onAct(action)}
        >
          {t(`action.${action}`)}
        </button>
      ))}
    </div>
  );
}
