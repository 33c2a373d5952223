import { useEffect, useId, useRef, type KeyboardEvent, type RefObject } from 'react';
import { cleanName } from '../../../shared/customer-name.ts';
import { DESK_NAME_MAX, type DeskReport } from '../../../shared/other-desks.ts';
import { Confirm } from '../../components/confirm.tsx';
import type { StatusMessage } from '../../components/status-message.tsx';
import { useOneAtATime } from '../../components/use-one-at-a-time.ts';
import { useSubmit } from '../../components/use-submit.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { useIpc } from '../../ipc/use-ipc.ts';
import { useTextDraft } from '../settings-drafts.tsx';

type Props = {
  readonly desk: DeskReport['desks'][number];
  readonly say: (said: StatusMessage | null) => void;
  /** Reads the report again. */
  readonly again: () => void;
};

/** What a manager can do with a desk: rename it, and remove it when it has been silent and is not this one. */
export function DeskActions({ desk, say, again }: Props) {
  const { t } = useTranslations();
  const ipc = useIpc();
  const { id, name, isThis, isSilent } = desk;
  const [draft, setDraft] = useTextDraft(`desk-${id}`);
  const opener = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  /** Whether the field was opened or closed here: only then the focus moves. */
  const hasSwitched = useRef(false);
  const isRenaming = draft !== null;
  useEffect(() => {
    if (!hasSwitched.current) return;
    opener.current?.focus();
    field.current?.focus();
    field.current?.select();
  }, [isRenaming]);

  const setOpen = (text: string | null): void => {
    hasSwitched.current = true;
    setDraft(text);
  };
  const rename = async (typed: string): Promise<void> => {
    const next = cleanName(typed);
    if (next === '') return say({ kind: 'bad', text: t('settings.desks.rename.empty') });
    if (next === name) return setOpen(null);
    const answer = await ipc.call('desks.rename', { id, name: next });
    again();
    if (!answer.ok) return say({ kind: 'failure', failure: answer.failure });
    setOpen(null);
    say({ kind: 'good', text: t('settings.desks.rename.done', { before: name, name: next }) });
  };
  const remove = async (): Promise<void> => {
    const answer = await ipc.call('desks.remove', { id });
    again();
    if (!answer.ok) return say({ kind: 'failure', failure: answer.failure });
    say({ kind: 'good', text: t('settings.desks.remove.done', { name }) });
  };
  if (draft !== null) {
    return (
      <RenameForm
        name={name}
        text={draft}
        field={field}
        onType={setDraft}
        onSave={() => rename(draft)}
        onCancel={() => setOpen(null)}
      />
    );
  }
  return (
    <div className="buttons">
      <button
        ref={opener}
        type="button"
        className="button"
        aria-label={t('settings.desks.rename.named', { name })}
        onClick={() => setOpen(name)}
      >
        {t('settings.desks.rename.button')}
      </button>
      {isSilent && !isThis && (
        <Confirm
          ask={t('settings.desks.remove.button')}
          askAbout={t('settings.desks.remove.named', { name })}
          yes={t('settings.desks.remove.button')}
          no={t('settings.desks.remove.keep')}
          onYes={remove}
        >
          {t('settings.desks.remove.question', { name })}
        </Confirm>
      )}
    </div>
  );
}

type FormProps = {
  readonly name: string;
  readonly text: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onType: (text: string) => void;
  readonly onSave: () => Promise<void>;
  readonly onCancel: () => void;
};

/** The field with the new name. Enter saves, Esc cancels. */
function RenameForm({ name, text, field, onType, onSave, onCancel }: FormProps) {
  const { t } = useTranslations();
  const id = useId();
  const oneAtATime = useOneAtATime();
  const submit = useSubmit(text, () => void oneAtATime('save', onSave));

  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onCancel();
  };
  return (
    <form className="field" autoComplete="off" onSubmit={submit} onKeyDown={onKey}>
      <label htmlFor={id}>{t('settings.desks.rename.field', { name })}</label>
      <div className="with-button">
        <input
          ref={field}
          id={id}
          className="input"
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          maxLength={DESK_NAME_MAX}
          value={text}
          onChange={(event) => onType(event.currentTarget.value)}
        />
        <button
          type="submit"
          className="button"
          aria-label={t('settings.desks.rename.saveNamed', { name })}
        >
          {t('settings.desks.rename.save')}
        </button>
        <button
          type="button"
          className="button"
          aria-label={t('settings.desks.rename.cancelNamed', { name })}
          onClick={onCancel}
        >
          {t('settings.desks.rename.cancel')}
        </button>
      </div>
    </form>
  );
}
