import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { DeskSettings } from '../desk.ts';
import type { FirstKeys } from '../first-keys.ts';
import { useWords } from '../words.ts';
import { ChoiceFields } from './choice-fields.tsx';
import { ForcePanel } from './force-panel.tsx';
import { isEmpty } from './form.ts';
import { PhoneField } from './phone-field.tsx';
import type { Obstacle } from './readiness.ts';
import { ResultBar } from './result-bar.tsx';
import { SendButton } from './send-button.tsx';
import { useInvite, type Correction } from './use-invite.ts';
import { VerdictRegion } from './verdict-region.tsx';

type Props = {
  /** Null until they are known: the form can be filled in before. */
  readonly settings: DeskSettings | null;
  readonly isShown: boolean;
  readonly firstKeys: FirstKeys;
  readonly correction: Correction | null;
  /** Must stay the same function. */
  readonly onCorrectionTaken: () => void;
};

/** The form at which everything begins. The cursor waits in the phone field. */
export function Invite({ settings, isShown, firstKeys, ...props }: Props) {
  const { t, since } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const nameId = useId();
  const [complaints, setComplaints] = useState(0);
  const focusOn = (field: string): void => {
    form.current?.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus();
  };
  const takingUp = { correction: props.correction, onTaken: props.onCorrectionTaken };
  const invite = useInvite(settings, firstKeys, takingUp, (to) => {
    if (to !== null) setComplaints((count) => count + 1);
    focusOn(fieldOf(to));
  });
  const { filling, obstacle, verdict } = invite;
  const { edit } = filling;

  useEffect(() => {
    if (isShown) focusOn('phone');
  }, [isShown]);
  useUndoKey(isShown && invite.mayUndo && isEmpty(filling.form), () => void invite.undo());

  const onKey = (event: KeyboardEvent): void => {
    // A key that is held down is one press.
    if (event.key === 'Enter' && event.repeat) event.preventDefault();
    // Inside an open list these keys belong to the list.
    if (event.target instanceof HTMLOptionElement) return;
    if (event.key === 'Escape' && !event.defaultPrevented) invite.clear();
    if (event.key === 'Enter' && !event.repeat && event.target instanceof HTMLSelectElement) {
      // A select that is dressed all through would open instead.
      event.preventDefault();
      form.current?.requestSubmit();
    }
  };
  return (
    <div className="invite">
      <form
        ref={form}
        className="card invite-form"
        noValidate
        autoComplete="off"
        onKeyDown={onKey}
        onSubmit={(event) => {
          event.preventDefault();
          void invite.send();
        }}
      >
        <header className="invite-head">
          <h1>{t('invite.title')}</h1>
          <p>{settings?.businesses.length === 1 && filling.business?.name}</p>
        </header>
        {filling.form.correctsSince !== null && (
          <p className="hint correcting">
            {t('invite.correcting', { when: since(filling.form.correctsSince, Date.now()) })}
          </p>
        )}
        <ChoiceFields settings={settings} filling={filling} />
        <PhoneField
          value={filling.form.phone}
          onType={filling.typePhone}
          onPaste={filling.pastePhone}
        />
        <VerdictRegion
          reading={filling.reading}
          answer={invite.answer}
          opinion={invite.opinion}
          undoSeconds={settings?.undoSeconds ?? 0}
        />
        {verdict?.ruling.kind === 'closed' && (
          <ForcePanel
            force={filling.form.force}
            needsPin={settings?.forceNeedsPin === true}
            edit={edit}
          />
        )}
        <div className="field">
          <label htmlFor={nameId}>{t('invite.name')}</label>
          <input
            id={nameId}
            data-field="name"
            className="input"
            type="text"
            autoComplete="off"
            spellCheck={false}
            placeholder={t('invite.nameHint')}
            value={filling.form.name}
            onChange={(event) => edit({ kind: 'name', text: event.currentTarget.value })}
          />
        </div>
        {settings?.requireConsent === true && (
          <label className="check">
            <input
              type="checkbox"
              data-field="consent"
              checked={filling.form.hasConsent}
              onChange={(event) => edit({ kind: 'consent', isGiven: event.currentTarget.checked })}
            />
            <span>{t('invite.consent')}</span>
          </label>
        )}
        <SendButton
          obstacle={obstacle}
          question={filling.form.askedAt === null ? null : invite.doubt}
          complaints={complaints}
        />
      </form>
      <ResultBar
        result={invite.result}
        rules={filling.known?.rules ?? null}
        mayUndo={invite.mayUndo}
        onUndo={() => void invite.undo()}
      />
    </div>
  );
}

/** The field in which an obstacle is overcome. */
function fieldOf(obstacle: Obstacle | null): string {
  switch (obstacle) {
    case 'closed':
      return 'force';
    case 'no-reason':
      return 'reason';
    case 'no-pin':
      return 'pin';
    case 'no-consent':
      return 'consent';
    case 'no-phone':
    case 'starting':
    case 'incomplete':
    case 'impossible':
    case 'no-business':
    case 'do-not-contact':
    case 'open':
    case null:
      return 'phone';
    default:
      return obstacle satisfies never;
  }
}

/** Ctrl or Cmd with Z takes the last invitation back, unless there is typing to undo. */
function useUndoKey(isActive: boolean, onUndo: () => void): void {
  const latest = useEffectEvent(onUndo);
  useEffect(() => {
    if (!isActive) return undefined;
    const listener = (event: globalThis.KeyboardEvent): void => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (!isUndo || event.key.toLowerCase() !== 'z') return;
      event.preventDefault();
      latest();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [isActive]);
}
