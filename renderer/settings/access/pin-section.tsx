import { useId, useState } from 'react';
import { pinSchema, PIN_DIGITS } from '../../../shared/pin.ts';
import { useIpc } from '../../ipc/use-ipc.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { useSettings } from '../settings-context.tsx';
import { PinField } from '../../components/pin-field.tsx';
import { StatusRegion, type StatusMessage } from '../../components/status-message.tsx';
import { Section } from '../section.tsx';
import { useSubmit } from '../../components/use-submit.ts';
import { SwitchRow } from '../fields/switch-row.tsx';

/** The manager's PIN for Settings and, if enabled, for "Send again anyway". */
export function PinSection() {
  const { t } = useTranslations();
  const ipc = useIpc();
  const { pin, again } = useSettings();
  const isSet = pin.kind !== 'none';
  const formId = useId();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [said, setSaid] = useState<StatusMessage | null>(null);
  const saidId = useId();
  /** The field that the message is about. */
  const [wrong, setWrong] = useState<'current' | 'next' | 'repeat' | null>(null);
  const wrongBy = (field: typeof wrong): string | undefined =>
    field === wrong ? saidId : undefined;

  const finish = (
    answer: Awaited<ReturnType<typeof ipc.call<'pin.save' | 'pin.remove'>>>,
    text: string,
  ): void => {
    setSaid(answer.ok ? { kind: 'good', text } : { kind: 'failure', failure: answer.failure });
    setCurrent('');
    setWrong(answer.ok || answer.failure.kind !== 'wrong-pin' ? null : 'current');
    if (!answer.ok) return;
    setNext('');
    setRepeated('');
    again();
  };
  const save = async (): Promise<void> => {
    if (!pinSchema.safeParse(next).success) {
      setWrong('next');
      return setSaid({ kind: 'bad', text: t('settings.pin.shape', PIN_DIGITS) });
    }
    if (next !== repeated) {
      setWrong('repeat');
      return setSaid({ kind: 'bad', text: t('settings.pin.differ') });
    }
    const answer = await ipc.call('pin.save', { current: isSet ? current : null, next });
    finish(answer, t(isSet ? 'settings.pin.changed' : 'settings.pin.set'));
  };
  const remove = async (): Promise<void> => {
    finish(await ipc.call('pin.remove', { current }), t('settings.pin.removed'));
  };

  const submit = useSubmit(current + next + repeated, () => void save());

  return (
    <Section name="pin">
      <p className="section-lead">{t(isSet ? 'settings.pin.isSet' : 'settings.pin.about')}</p>
      <form id={formId} className="choices" autoComplete="off" onSubmit={submit}>
        {isSet && (
          <PinField
            label={t('settings.pin.current')}
            value={current}
            onType={setCurrent}
            wrongBy={wrongBy('current')}
          />
        )}
        <PinField
          label={t('settings.pin.next')}
          value={next}
          onType={setNext}
          wrongBy={wrongBy('next')}
        />
        <PinField
          label={t('settings.pin.repeat')}
          value={repeated}
          onType={setRepeated}
          wrongBy={wrongBy('repeat')}
        />
      </form>
      <div className="buttons">
        <button type="submit" form={formId} className="button">
          {t(isSet ? 'settings.pin.change' : 'settings.pin.save')}
        </button>
        {isSet && (
          <button type="button" className="button" onClick={() => void remove()}>
            {t('settings.pin.remove')}
          </button>
        )}
      </div>
      <StatusRegion said={said} id={saidId} />
      <SwitchRow
        setting="forceNeedsPin"
        label={t('settings.pin.force')}
        hint={t('settings.pin.forceHint')}
      />
    </Section>
  );
}
