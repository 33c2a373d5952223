import { useId, useState, type ReactNode } from 'react';
import type { EventName } from '../../shared/ipc/bridge.ts';
import type { WelcomeProgress, WelcomeStep } from '../../shared/welcome.ts';
import type { IpcClient } from '../ipc/client.ts';
import { useQuery, useIpc } from '../ipc/use-ipc.ts';
import { BusinessSection } from '../settings/businesses/business-section.tsx';
import { CountrySection } from '../settings/region/country-section.tsx';
import { createSaveQueue, SettingsProvider, useSettings } from '../settings/settings-context.tsx';
import { StatusRegion, type StatusMessage } from '../components/status-message.tsx';
import '../settings/settings.css';
import { useTranslations } from '../i18n/translations.ts';
import './welcome.css';

const read = (ipc: IpcClient) => ipc.call('settings.read', {});
const CHANGES: readonly EventName[] = ['app.changed'];
const STEPS: readonly WelcomeStep[] = ['key', 'business', 'country'];

type Props = {
  readonly step: WelcomeStep;
  readonly mode: 'live' | 'practice';
  readonly version: string;
};

/** The first start, above a form that already works: practice or a key, then the business, then the country. */
export function Welcome({ step, mode, version }: Props) {
  const { answer, again } = useQuery(read, CHANGES);
  const [inTurn] = useState(createSaveQueue);
  if (answer?.ok !== true) return null;
  return (
    <SettingsProvider value={{ ...answer.value, mode, version, again, inTurn }}>
      <Step step={step} />
    </SettingsProvider>
  );
}

function Step({ step }: { readonly step: WelcomeStep }) {
  const { locked } = useSettings();
  switch (step) {
    case 'key':
      return <KeyStep />;
    case 'business':
      return (
        <Card step={step} next={afterBusiness(locked)}>
          <BusinessSection />
        </Card>
      );
    case 'country':
      return (
        <Card step={step} next="done">
          <CountrySection />
        </Card>
      );
    default:
      return step satisfies never;
  }
}

/** Practice comes first: a user who only explores should send nothing. */
function KeyStep() {
  const { t } = useTranslations();
  const ipc = useIpc();
  const { settings, locked } = useSettings();
  const fieldId = useId();
  const [key, setKey] = useState('');
  const [said, setSaid] = useState<StatusMessage | null>(null);

  const practise = async (): Promise<void> => {
    await ipc.call('welcome.setStep', { to: 'done' });
    goToForm();
  };
  const save = async (): Promise<void> => {
    // First, so that the next step follows even if the window is closed in between.
    await ipc.call('welcome.setStep', { to: afterKey(locked) });
    const saved = await ipc.call('apiKey.save', { key: key.trim() });
    if (!saved.ok) setSaid({ kind: 'failure', failure: saved.failure });
  };
  return (
    <Card step="key" next={null}>
      <div className="welcome-ways">
        <div className="welcome-way">
          <h3>{t('welcome.practise')}</h3>
          <p>{t('welcome.practiseText')}</p>
          <button type="button" className="button button-primary" onClick={() => void practise()}>
            {t('welcome.practiseNow')}
          </button>
        </div>
        <form
          className="welcome-way"
          autoComplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <h3>{t('welcome.key')}</h3>
          <label htmlFor={fieldId}>{t('settings.key.label')}</label>
          <input
            id={fieldId}
            className="input secret"
            type="text"
            autoComplete="off"
            spellCheck={false}
            placeholder={t('settings.key.placeholder')}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          <p className="hint">{t('settings.key.host', { host: new URL(settings.apiUrl).host })}</p>
          <button type="submit" className="button">
            {t('settings.key.save')}
          </button>
          <StatusRegion said={said} />
        </form>
      </div>
    </Card>
  );
}

type CardProps = {
  readonly step: WelcomeStep;
  /** Null where the step has its own buttons. */
  readonly next: WelcomeProgress | null;
  readonly children: ReactNode;
};

function Card({ step, next, children }: CardProps) {
  const { t } = useTranslations();
  const ipc = useIpc();
  const headingId = useId();
  const nth = STEPS.indexOf(step) + 1;
  const go = async (to: WelcomeProgress): Promise<void> => {
    await ipc.call('welcome.setStep', { to });
    if (to === 'done') goToForm();
  };
  return (
    <section className="welcome" aria-labelledby={headingId}>
      <header className="welcome-head">
        <h2 id={headingId} data-home>
          {t('welcome.title')}
        </h2>
        <p className="hint">{t('welcome.step', { nth, steps: STEPS.length })}</p>
      </header>
      {children}
      {next !== null && (
        <button type="button" className="button button-primary" onClick={() => void go(next)}>
          {t(next === 'done' ? 'welcome.finish' : 'welcome.next')}
        </button>
      )}
    </section>
  );
}

/** Skips the steps that IT has fixed. */
const afterBusiness = (locked: readonly string[]): WelcomeProgress =>
  locked.includes('defaultCountry') ? 'done' : 'country';
const afterKey = (locked: readonly string[]): WelcomeProgress =>
  locked.includes('businesses') ? afterBusiness(locked) : 'business';

/** Moves to the form. */
function goToForm(): void {
  document.querySelector<HTMLElement>('[data-field="phone"]')?.focus();
}
