import { useId } from 'react';
import { parsePhone } from '../../../shared/phone/phone.ts';
import { useIpc } from '../../ipc/use-ipc.ts';
import { useOneAtATime } from '../../components/use-one-at-a-time.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { useTextDraft } from '../settings-drafts.tsx';
import { useSettings } from '../settings-context.tsx';
import { StatusRegion, type StatusMessage } from '../../components/status-message.tsx';
import { FieldForm } from '../../components/text-field.tsx';

const NUMBER_MAX = 40;

type Props = {
  /** The error of the number; null after another message. */
  readonly wrong: StatusMessage | null;
  readonly onWrong: (said: StatusMessage) => void;
  readonly onAdded: (text: string) => void;
};

/** Adds one number to the list. */
export function AddNumber({ wrong, onWrong, onAdded }: Props) {
  const { t } = useTranslations();
  const ipc = useIpc();
  const oneAtATime = useOneAtATime();
  const { settings } = useSettings();
  const [draft, setText] = useTextDraft('do-not-contact');
  const text = draft ?? '';
  const saidId = useId();

  const add = async (): Promise<void> => {
    const reading = parsePhone(text, settings.defaultCountry);
    if (reading.kind !== 'complete') {
      return onWrong({ kind: 'bad', text: t('settings.doNotContact.noNumber') });
    }
    const answer = await ipc.call('doNotContact.add', { phone: reading.e164 });
    if (!answer.ok) return onWrong({ kind: 'failure', failure: answer.failure });
    setText(null);
    onAdded(
      t(answer.value.added > 0 ? 'settings.doNotContact.added' : 'settings.doNotContact.already'),
    );
  };
  return (
    <FieldForm
      label={t('settings.doNotContact.number')}
      inputMode="tel"
      maxLength={NUMBER_MAX}
      value={text}
      onType={setText}
      wrongBy={wrong?.kind === 'bad' ? saidId : undefined}
      button={t('settings.doNotContact.add')}
      onSubmit={() => void oneAtATime('add', add)}
    >
      <StatusRegion said={wrong} id={saidId} />
    </FieldForm>
  );
}
