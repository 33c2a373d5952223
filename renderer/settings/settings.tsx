import { useEffect, useState } from 'react';
import type { EventName } from '../../shared/ipc/bridge.ts';
import type { IpcClient } from '../ipc/client.ts';
import { useQuery, useIpc } from '../ipc/use-ipc.ts';
import '../invitations/invitation-list.css';
import { FailureNote } from '../components/failure-note.tsx';
import { Loading } from '../components/loading.tsx';
import { useTranslations } from '../i18n/translations.ts';
import { useSiteStatus } from '../other-desks/use-site-status.ts';
import { BackupSection } from './data/backup-section.tsx';
import { BusinessSection } from './businesses/business-section.tsx';
import { ComputerSection } from './computer/computer-section.tsx';
import { CountrySection } from './region/country-section.tsx';
import { DataSection } from './data/data-section.tsx';
import { DiagnosticsSection } from './data/diagnostics-section.tsx';
import { DesksSection } from './desks/desks-section.tsx';
import { DoNotContactSection } from './do-not-contact/do-not-contact-section.tsx';
import { KeySection } from './partoo/key-section.tsx';
import { LockedFrom, UnusableSettings } from './fields/locked-note.tsx';
import { createSaveQueue, SettingsProvider } from './settings-context.tsx';
import { PinSection } from './access/pin-section.tsx';
import { RulesSection } from './rules/rules-section.tsx';
import type { SectionName } from './section.tsx';
import { SectionList } from './section-list.tsx';
import { SendingSection } from './sending/sending-section.tsx';
import { UnlockForm } from './access/unlock-form.tsx';
import './settings.css';

const read = (ipc: IpcClient) => ipc.call('settings.read', {});
const CHANGES: readonly EventName[] = ['app.changed'];
const WHEN_SHARING: readonly SectionName[] = ['desks'];

type Props = {
  readonly mode: 'live' | 'practice' | null;
  readonly version: string | null;
  readonly onAbout: () => void;
};

/** A manager's settings for this desk. */
export function SettingsScreen({ mode, version, onAbout }: Props) {
  const { t } = useTranslations();
  const { answer, again } = useQuery(read, CHANGES);
  const ipc = useIpc();
  const isAlone = useSiteStatus().kind === 'alone';
  const [inTurn] = useState(createSaveQueue);
  // Leaving Settings locks them.
  useEffect(() => () => void ipc.call('settings.lock', {}), [ipc]);
  if (answer === null) return <Loading />;
  if (!answer.ok) return <FailureNote failure={answer.failure} />;
  return (
    <SettingsProvider value={{ ...answer.value, mode, version, again, inTurn }}>
      <div className="page settings">
        <header className="page-head">
          <h1 data-home>{t('settings.title')}</h1>
        </header>
        <SectionList without={isAlone ? WHEN_SHARING : []} />
        <div className="sections">
          <LockedFrom />
          <UnusableSettings />
          {answer.value.pin.kind === 'locked' && <UnlockForm />}
          <fieldset className="sections" disabled={answer.value.pin.kind === 'locked'}>
            <KeySection />
            <BusinessSection />
            <CountrySection />
            <SendingSection />
            <RulesSection />
            <DoNotContactSection />
            {!isAlone && <DesksSection />}
            <ComputerSection />
            <DataSection />
            <BackupSection />
            <PinSection />
          </fieldset>
          <DiagnosticsSection />
          <p className="settings-about">
            <button type="button" className="button" onClick={onAbout}>
              {t('menu.about')}
            </button>
            {version !== null && <span className="hint">{t('settings.version', { version })}</span>}
          </p>
        </div>
      </div>
    </SettingsProvider>
  );
}
