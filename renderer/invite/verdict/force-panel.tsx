import { useEffect, useId, useRef } from 'react';
import { useTranslations } from '../../i18n/translations.ts';
import { REASONS, type Edit, type Force } from '../form.ts';
import type { WrongBy } from '../wrong-field.ts';

const REASON_MAX = 200;
const PIN_MAX = 64;

type Props = {
  readonly force: Force | null;
  /** Whether the customer certainly had an SMS; otherwise it is only possible. */
  readonly isCertain: boolean;
  /** Whether this needs the manager's PIN. */
  readonly needsPin: boolean;
  readonly wrongBy: WrongBy;
  readonly edit: (edit: Edit) => void;
};

/** "Send again anyway": the exception from the resend window, for one invitation and with a reason. */
export function ForcePanel({ force, isCertain, needsPin, wrongBy, edit }: Props) {
  const { t } = useTranslations();
  const aboutId = useId();
  const reasonId = useId();
  const otherId = useId();
  const pinId = useId();
  const panel = useRef<HTMLElement>(null);
  const isOn = force !== null;
  const isWrittenOut = force?.reason === 'other';
  const reasonWrongBy = wrongBy('reason');
  useEffect(() => {
    if (isOn) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [isOn]);
  return (
    <section ref={panel} className="force" data-on={isOn}>
      <div className="force-head">
        <label className="check">
          <input
            type="checkbox"
            role="switch"
            data-field="force"
            aria-describedby={aboutId}
            checked={force !== null}
            onChange={(event) => edit({ kind: 'force', isOn: event.currentTarget.checked })}
          />
          <span>{t('invite.force.switch')}</span>
        </label>
        <p id={aboutId} className="hint">
          {t(isCertain ? 'invite.force.about' : 'invite.force.aboutRefused')}
        </p>
      </div>
      {force !== null && (
        <div className="choices">
          <div className="field">
            <label htmlFor={reasonId}>{t('invite.force.reason')}</label>
            <select
              id={reasonId}
              data-field={isWrittenOut ? undefined : 'reason'}
              className="input select"
              aria-invalid={!isWrittenOut && reasonWrongBy !== undefined}
              aria-describedby={isWrittenOut ? undefined : reasonWrongBy}
              value={force.reason ?? ''}
              onChange={(event) => {
                const chosen = event.currentTarget.value;
                const reason = REASONS.find((name) => name === chosen) ?? null;
                edit({ kind: 'reason', reason });
              }}
            >
              <option value="">{t('invite.force.choose')}</option>
              {REASONS.map((reason) => (
                <option key={reason} value={reason}>
                  {t(`invite.force.${reason}`)}
                </option>
              ))}
            </select>
          </div>
          {isWrittenOut && (
            <div className="field">
              <label htmlFor={otherId}>{t('invite.force.otherReason')}</label>
              <input
                id={otherId}
                data-field="reason"
                className="input"
                aria-invalid={reasonWrongBy !== undefined}
                aria-describedby={reasonWrongBy}
                type="text"
                autoComplete="off"
                maxLength={REASON_MAX}
                value={force.other}
                onChange={(event) =>
                  edit({ kind: 'other-reason', text: event.currentTarget.value })
                }
              />
            </div>
          )}
          {needsPin && (
            <div className="field">
              <label htmlFor={pinId}>{t('invite.force.pin')}</label>
              <input
                id={pinId}
                data-field="pin"
                className="input"
                type="password"
                inputMode="numeric"
                autoComplete="off"
                aria-invalid={wrongBy('pin') !== undefined}
                aria-describedby={wrongBy('pin')}
                placeholder={t('invite.force.pinHint')}
                maxLength={PIN_MAX}
                value={force.pin}
                onChange={(event) => edit({ kind: 'pin', text: event.currentTarget.value })}
              />
            </div>
          )}
        </div>
      )}
    </section>
  );
}
