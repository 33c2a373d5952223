import { useId, useState } from 'react';
import { useIpc } from '../../ipc/use-ipc.ts';
import { IconAlert, IconKey } from '../../components/icons.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import { AddressRow } from './address-row.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { keyTestText } from './key-test-text.ts';
import { useSettings } from '../settings-context.tsx';
import { StatusRegion, type StatusMessage } from '../../components/status-message.tsx';
import { Section } from '../section.tsx';
import { FieldForm } from '../../components/text-field.tsx';
import './key-section.css';

/** The API key: it can be replaced, tested and removed, never read. */
export function KeySection() {
  const { settings, key: standing, mode, again: onChanged } = useSettings();
  const translations = useTranslations();
  const { t } = translations;
  const ipc = useIpc();
  const aboutId = useId();
  const [key, setKey] = useState('');
  const [isTesting, setTesting] = useState(false);
  const [said, setSaid] = useState<StatusMessage | null>(null);

  const save = async (): Promise<void> => {
    const saved = await ipc.call('apiKey.save', { key: key.trim() });
    if (!saved.ok) return setSaid({ kind: 'failure', failure: saved.failure });
    setKey('');
    setSaid({ kind: 'good', text: t('settings.key.saved') });
    onChanged();
  };
  const test = async (): Promise<void> => {
    if (isTesting) return;
    setTesting(true);
    setSaid(null);
    const tested = await ipc.call('apiKey.test', {});
    setTesting(false);
    setSaid(
      tested.ok
        ? keyTestText(translations, tested.value)
        : { kind: 'failure', failure: tested.failure },
    );
  };
  const remove = async (): Promise<void> => {
    const removed = await ipc.call('apiKey.remove', {});
    setSaid(
      removed.ok
        ? { kind: 'good', text: t('settings.key.removed') }
        : { kind: 'failure', failure: removed.failure },
    );
    onChanged();
  };

  return (
    <Section name="key">
      {mode === 'practice' && <p className="section-lead">{t('settings.key.practice')}</p>}
      <p className="key-standing" data-standing={standing}>
        {standing === 'stored' ? <IconKey /> : <IconAlert />}
        {t(`settings.key.${standing}`)}
      </p>
      <FieldForm
        label={t('settings.key.label')}
        isSecret
        aria-describedby={aboutId}
        placeholder={t(standing === 'stored' ? 'settings.key.replace' : 'settings.key.placeholder')}
        value={key}
        onType={setKey}
        button={t('settings.key.save')}
        isMain
        onSubmit={() => void save()}
      >
        <p id={aboutId} className="hint">
          {t('settings.key.host', { host: new URL(settings.apiUrl).host })}
        </p>
      </FieldForm>
      <div className="buttons">
        <button
          type="button"
          className="button"
          aria-disabled={isTesting}
          onClick={() => void test()}
        >
          {isTesting ? t('settings.key.testing') : t('settings.key.test')}
        </button>
        {standing === 'stored' && (
          <Confirm
            ask={t('settings.key.remove')}
            yes={t('settings.key.remove')}
            no={t('settings.key.keep')}
            onYes={remove}
          >
            {t('settings.key.confirmRemove')}
          </Confirm>
        )}
      </div>
      <StatusRegion said={said} />
      <AddressRow />
    </Section>
  );
}
