import { useState } from 'react';
import { useIpc } from '../../ipc/use-ipc.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { useSettings } from '../settings-context.tsx';
import { StatusRegion, type StatusMessage } from '../../components/status-message.tsx';
import { Section } from '../section.tsx';
import './data.css';

/** The diagnostics for support, shown before they are copied. */
export function DiagnosticsSection() {
  const { t } = useTranslations();
  const ipc = useIpc();
  const { version } = useSettings();
  const [text, setText] = useState<string | null>(null);
  const [said, setSaid] = useState<StatusMessage | null>(null);

  const copy = async (): Promise<void> => {
    const answer = await ipc.call('diagnostics.copy', {});
    if (!answer.ok) return setSaid({ kind: 'failure', failure: answer.failure });
    setText(answer.value.text);
    setSaid({ kind: 'good', text: t('settings.diagnostics.copied') });
  };
  return (
    <Section name="diagnostics">
      <p className="section-lead">{t('settings.diagnostics.about')}</p>
      <div className="buttons">
        <button type="button" className="button" onClick={() => void copy()}>
          {t('settings.diagnostics.copy')}
        </button>
      </div>
      <StatusRegion said={said} />
      {text !== null && (
        <textarea
          className="input diagnostics"
          readOnly
          rows={14}
          aria-label={t('settings.diagnostics.title')}
          value={text}
        />
      )}
      {version !== null && <p className="hint">{t('settings.version', { version })}</p>}
    </Section>
  );
}
