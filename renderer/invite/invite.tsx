import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { LastChoices } from '../../shared/last-choices.ts';
import type { DeskSettings } from '../ipc/client.ts';
import type { EarlyInput } from '../input-before-react.ts';
import type { TabName } from '../shell/tabs.tsx';
import { useClock } from '../time/use-clock.ts';
import { useTranslations } from '../i18n/translations.ts';
import { BusinessAndStaffFields } from './business-and-staff.tsx';
import { ForcePanel } from './verdict/force-panel.tsx';
import { isEmpty } from './form.ts';
import { shownToForce } from '../../shared/verdict.ts';
import { MessageSection, type EditorState } from './message/message-section.tsx';
import { PrefillNote } from './prefill-note.tsx';
import { NameField } from './name-field.tsx';
import { CustomTextNote } from './message/custom-text-note.tsx';
import { PasteNoteRegion } from './phone/paste-note.tsx';
import { PhoneField } from './phone/phone-field.tsx';
import { useTextOutsideFields } from './phone/use-text-outside-fields.ts';
import type { Blocker } from './validation.ts';
import { ResultBar } from './result/result-bar.tsx';
import { OptOutButton } from './opt-out-button.tsx';
import { SendButton } from './send-button.tsx';
import { usePrefill } from './use-prefill.ts';
import { useInvite, type Correction } from './use-invite.ts';
import { useScrollAboveDock } from './use-scroll-above-dock.ts';
import { useCorrection } from './use-correction.ts';
import { undoKeyOver } from './result/use-undo.ts';
import { useUndoKey } from './result/use-undo-key.ts';
import { VerdictRegion } from './verdict/verdict-region.tsx';
import { fieldOf, wrongBy } from './wrong-field.ts';

type Props = {
  /** Null until known: the form can be filled in before. */
  readonly settings: DeskSettings | null;
  readonly remembered: LastChoices | null;
  readonly tab: TabName;
  readonly onTab: (tab: TabName) => void;
  readonly firstKeys: EarlyInput;
  readonly correction: Correction | null;
  /** Must keep its identity. */
  readonly onCorrectionTaken: () => void;
};

/** The form, with the cursor in the phone field. */
export function Invite({ settings, tab, onTab, ...props }: Props) {
  const isShown = tab === 'invite';
  const { t, since } = useTranslations();
  const clock = useClock();
  const form = useRef<HTMLFormElement>(null);
  const verdictId = useId();
  const obstacleId = useId();
  const resultId = useId();
  /** In milliseconds of the page's own clock. */
  const businessUnseenAt = useRef(Number.NEGATIVE_INFINITY);
  const [complaint, setComplaint] = useState<Complaint | null>(null);
  const [looking, setLooking] = useState<EditorState>('closed');
  const focusOn = (field: string): void => {
    form.current?.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus();
  };
  const given = { settings, tab, ...props, isMessageOpen: looking !== 'closed' };
  const invite = useInvite(given, (to, unsaidOf) => {
    if (to !== null && unsaidOf !== null) {
      const said = { obstacle: to, token: unsaidOf };
      setComplaint((before) => ({ ...said, nth: (before?.nth ?? 0) + 1 }));
    }
    const field = fieldOf(to);
    setLooking(field === 'message' ? 'attended' : 'closed');
    focusOn(field);
  });
  const attempt = `${complaint?.nth ?? 0} ${invite.filling.form.askedAt ?? 0}`;
  const isMessageInView = useScrollAboveDock(form, attempt);
  const { filling, obstacle, verdict } = invite;
  const { edit } = filling;
  const correctsSince = useCorrection(filling.form);
  const isOver = complaint?.obstacle !== obstacle || complaint.token !== filling.form.token;
  if (complaint !== null && isOver) setComplaint(null);

  const wrong = wrongBy(
    {
      obstacle,
      isComplained: complaint !== null && !isOver,
      failure: invite.result?.kind === 'failed' ? invite.result.failure : null,
      pin: filling.form.force?.pin ?? '',
    },
    { obstacleId, resultId },
  );

  const prefill = usePrefill({
    isReady: filling.known !== null,
    isEmpty: isEmpty(filling.form),
    fill: filling.takeCustomer,
    attend: () => focusOn('phone'),
  });

  useEffect(() => {
    if (isShown) focusOn('phone');
  }, [isShown]);
  useTextOutsideFields(isShown, {
    field: () => form.current?.querySelector<HTMLInputElement>('input[data-field="phone"]') ?? null,
    onPaste: filling.pastePhone,
  });
  const undoKey = undoKeyOver(invite.undoKey, {
    isEmpty: isEmpty(filling.form),
    isUntouched: filling.form.typedPhone === null,
    isAsTakenOver: filling.isAsTakenOver,
  });
  useUndoKey(isShown ? undoKey : null, async (way) => {
    if (way === 'too-late') return invite.tellTooLate();
    await (way === 'undo' ? invite.undo() : invite.restore());
  });

  const onKey = (event: KeyboardEvent): void => {
    // A key that is held down counts as one press.
    if (event.key === 'Enter' && event.repeat) event.preventDefault();
    // This Enter confirms a word in an input method, not the form.
    if (event.nativeEvent.isComposing) return;
    // An open list handles these keys itself.
    if (event.target instanceof HTMLOptionElement || isOpenList(event.target)) return;
    if (event.key === 'Escape' && !event.defaultPrevented) invite.clear();
    if (event.key === 'Enter' && !event.repeat && sendsByHand(event)) {
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
          const isSeen = performance.now() - businessUnseenAt.current > LOOK_FIRST_MS;
          if (isSeen && prefill.maySend()) void invite.send(isMessageInView());
        }}
      >
        <header className="invite-head">
          <h1>{t('invite.title')}</h1>
          <p>{settings?.businesses.length === 1 && filling.business?.name}</p>
        </header>
        {correctsSince !== null && (
          <p className="hint correcting">
            {t('invite.correcting', { when: since(correctsSince, clock()) })}
          </p>
        )}
        <PrefillNote prefill={prefill} token={filling.form.token} />
        <BusinessAndStaffFields
          settings={settings}
          filling={filling}
          isShown={isShown}
          onBusinessUnclear={invite.setBusinessUnclear}
          onBusinessUnseen={() => {
            businessUnseenAt.current = performance.now();
          }}
          onChosen={() => focusOn('phone')}
        />
        <PhoneField
          value={filling.form.phone}
          typedBefore={filling.form.typedPhone}
          onType={filling.typePhone}
          onPaste={filling.pastePhone}
          wrongBy={filling.reading?.kind === 'impossible' ? verdictId : undefined}
          onLeft={filling.tidyField}
        />
        <PasteNoteRegion filling={filling} onTaken={() => focusOn('phone')} />
        <VerdictRegion
          firstLineId={verdictId}
          reading={filling.reading}
          otherWriting={filling.otherWriting}
          answer={invite.answer}
          opinion={invite.opinion}
          business={filling.business?.name ?? ''}
        />
        {shownToForce(verdict) !== null && (
          <ForcePanel
            force={filling.form.force}
            isCertain={verdict?.ruling.kind === 'closed'}
            needsPin={settings?.forceNeedsPin === true}
            wrongBy={wrong}
            edit={edit}
          />
        )}
        <NameField
          value={filling.form.name}
          wrongBy={wrong('name')}
          onType={(text) => edit({ kind: 'name', text })}
          onPaste={filling.pasteName}
        />
        <MessageSection
          message={invite.message}
          name={filling.form.name}
          looking={looking}
          wrongBy={wrong('message')}
          onLook={setLooking}
        />
        {settings?.requireConsent === true && (
          <label className="check">
            <input
              type="checkbox"
              data-field="consent"
              aria-invalid={wrong('consent') !== undefined}
              aria-describedby={wrong('consent')}
              checked={filling.form.hasConsent}
              onChange={(event) => edit({ kind: 'consent', isGiven: event.currentTarget.checked })}
            />
            <span>{t('invite.consent')}</span>
          </label>
        )}
        <div className="dock">
          <SendButton
            obstacle={obstacle}
            hintId={obstacleId}
            question={filling.form.askedAt === null ? null : invite.doubt}
            complaint={complaint?.nth ?? null}
          >
            <OptOutButton
              isShown={isShown}
              isPossible={filling.phone !== null && verdict?.ruling.kind !== 'do-not-contact'}
              onSaidNo={() => void invite.sayNo()}
            />
            <CustomTextNote message={invite.message} onBack={() => focusOn('phone')} />
          </SendButton>
          <ResultBar
            result={invite.result}
            resultId={resultId}
            earlierProblems={invite.earlierProblems}
            rules={filling.known?.rules ?? null}
            ways={{ ...invite, undoKey }}
            onTab={onTab}
            onEdit={invite.correct}
            onSeen={() => invite.markProblemsSeen()}
          />
        </div>
      </form>
    </div>
  );
}

/** Why an attempt to send failed, shown until the form or the obstacle changes. */
type Complaint = {
  readonly obstacle: Blocker;
  /** The token of the form. */
  readonly token: string;
  /** The number of the attempt, so that each one is announced. */
  readonly nth: number;
};

/** A click on Send that closed the business list came before the chosen name was visible. */
const LOOK_FIRST_MS = 600;

/** Whether the field has an open list. */
function isOpenList(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.ariaExpanded === 'true';
}

/**
 * Whether Enter has another function than sending: it opens a select, and adds a line to a text unless Shift is held.
 */
function sendsByHand(event: KeyboardEvent): boolean {
  if (event.target instanceof HTMLTextAreaElement) return !event.shiftKey;
  return event.target instanceof HTMLSelectElement;
}
