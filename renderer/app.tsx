import { lazy, Suspense, useCallback, useState, type ReactNode } from 'react';
import type { DeskSnapshot } from '../shared/desk-snapshot.ts';
import type { EventName } from '../shared/ipc/bridge.ts';
import type { IpcClient } from './ipc/client.ts';
import type { EarlyInput } from './input-before-react.ts';
import type { FilterChoice as HistorySearch } from './history/filters.tsx';
import { ClockProvider, useClockSet } from './time/use-clock.ts';
import { useQuery, useEvent } from './ipc/use-ipc.ts';
import { Invite } from './invite/invite.tsx';
import type { Correction } from './invite/use-invite.ts';
import type { OnEdit } from './invitations/use-invitation-actions.ts';
import { PrivacyScreen } from './shell/privacy-screen.tsx';
import { ConnectionBanner } from './shell/connection-banner.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { FailureNote } from './components/failure-note.tsx';
import { PracticeBanner } from './shell/practice-banner.tsx';
import { Loading } from './components/loading.tsx';
import { DraftsProvider } from './settings/settings-drafts.tsx';
import { useLanguage } from './i18n/language-provider.tsx';
import { Tabs, TabPanel, type TabName } from './shell/tabs.tsx';
import { useRestoreFocus } from './shell/use-restore-focus.ts';
import { useIdlePreload } from './shell/use-idle-preload.ts';
import { useShortcutsKey } from './shortcuts/use-shortcuts-key.ts';
import { useUndoInField } from './shell/use-undo-in-field.ts';

const loadBlocked = () => import('./shell/blocked-page.tsx');
const loadGap = () => import('./shell/gap-banner.tsx');
const loadOutbox = () => import('./outbox/outbox.tsx');
const loadHistory = () => import('./history/history.tsx');
const loadSettings = () => import('./settings/settings.tsx');
const loadAbout = () => import('./about/about.tsx');
const loadPasteGuard = () => import('./shell/paste-limit.tsx');
const later = [loadOutbox, loadHistory, loadSettings] as const;

const BlockedPage = lazy(async () => ({ default: (await loadBlocked()).BlockedPage }));
const GapBanner = lazy(async () => ({ default: (await loadGap()).GapBanner }));
const Outbox = lazy(async () => ({ default: (await loadOutbox()).Outbox }));
const History = lazy(async () => ({ default: (await loadHistory()).History }));
const Settings = lazy(async () => ({ default: (await loadSettings()).SettingsScreen }));

const OtherDesksLine = lazy(async () => ({
  default: (await import('./other-desks/other-desks-line.tsx')).OtherDesksLine,
}));
const ShortcutsDialog = lazy(async () => ({
  default: (await import('./shortcuts/shortcuts-dialog.tsx')).ShortcutsDialog,
}));
const PasteGuard = lazy(async () => ({ default: (await loadPasteGuard()).PasteLimit }));

// Not preloaded when the page is idle: most desks never show it.
const Welcome = lazy(async () => ({ default: (await import('./welcome/welcome.tsx')).Welcome }));
const loadLeaving = () => import('./shell/exit-kiosk-dialog.tsx');
const LeaveDialog = lazy(async () => ({ default: (await loadLeaving()).ExitKioskDialog }));
const About = lazy(async () => ({ default: (await loadAbout()).About }));

const readSnapshot = (ipc: IpcClient) => ipc.call('app.read', {});
// With the connection, the clock correction may have changed.
const SNAPSHOT_CHANGES: readonly EventName[] = [
  'app.changed',
  'invitation.changed',
  'connection.changed',
];

/** The window: banners for all tabs, and the tabs. */
export function App({ firstKeys }: { readonly firstKeys: EarlyInput }) {
  const { answer, again } = useQuery(readSnapshot, SNAPSHOT_CHANGES);
  const [tab, selectTab] = useState<TabName>('invite');
  const setTab = (next: TabName): void => {
    // A hidden field gets no blur event; blur it, because it saves on leaving.
    const field = document.activeElement;
    if (next !== tab && field instanceof HTMLInputElement) field.blur();
    selectTab(next);
  };
  const [correction, setCorrection] = useState<Correction | null>(null);
  const forgetCorrection = useCallback(() => setCorrection(null), []);
  const correct: OnEdit = (invitation, action) => {
    setCorrection({ invitation, wantsForce: action === 'send-again' });
    setTab('invite');
  };
  const [search, setSearch] = useState<HistorySearch | null>(null);
  const [isAboutShown, setAboutShown] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const [isShortcutsShown, setShortcutsShown] = useState(false);
  useClockSet(again);
  useIdlePreload(later);
  useRestoreFocus();
  useUndoInField();
  useShortcutsKey(() => setShortcutsShown(true));
  useEvent('menu.itemChosen', (choice) => {
    if (choice.kind === 'tab') setTab(choice.tab);
    else if (choice.kind === 'about') setAboutShown(true);
    else setShortcutsShown(true);
  });
  useEvent('kiosk.exitRequested', () => setLeaving(true));
  useEvent('prefill.arrived', () => setTab('invite'));

  const [snapshot, setSnapshot] = useState<DeskSnapshot | null>(null);
  // If the new snapshot cannot be read, keep the last one.
  if (answer?.ok === true && answer.value !== snapshot) setSnapshot(answer.value);
  useLanguage(snapshot?.kind === 'open' ? snapshot : null);
  if (snapshot?.kind === 'blocked') {
    return (
      <Suspense fallback={<Loading />}>
        <BlockedPage version={snapshot.version} problem={snapshot.problem} onRetried={again} />
      </Suspense>
    );
  }
  const settings = snapshot?.settings ?? null;
  const waiting = snapshot?.waiting ?? 0;
  return (
    <ClockProvider value={snapshot?.clockCorrectionMs ?? 0}>
      <Tabs selected={tab} onSelect={setTab} waiting={waiting}>
        {snapshot?.mode === 'practice' && <PracticeBanner onGoLive={() => setTab('settings')} />}
        <DraftsProvider>
          <main className="shell-main">
            {snapshot?.gap && (
              <Suspense fallback={null}>
                <GapBanner gap={snapshot.gap} />
              </Suspense>
            )}
            <ConnectionBanner
              onSettings={() => setTab('settings')}
              waiting={waiting}
              businesses={settings?.businesses ?? []}
            />
            <Suspense fallback={null}>
              <OtherDesksLine />
            </Suspense>
            {answer?.ok === false && <FailureNote failure={answer.failure} />}
            <TabPanel name="invite" isKept>
              {tab === 'invite' && snapshot !== null && snapshot.welcome !== null && (
                <Later>
                  <Welcome
                    step={snapshot.welcome}
                    mode={snapshot.mode}
                    version={snapshot.version}
                  />
                </Later>
              )}
              <ErrorBoundary>
                <Invite
                  settings={settings}
                  remembered={snapshot?.remembered ?? null}
                  firstKeys={firstKeys}
                  tab={tab}
                  onTab={setTab}
                  correction={correction}
                  onCorrectionTaken={forgetCorrection}
                />
              </ErrorBoundary>
            </TabPanel>
            <TabPanel name="outbox">
              <Later>
                {settings === null ? <Loading /> : <Outbox settings={settings} onEdit={correct} />}
              </Later>
            </TabPanel>
            <TabPanel name="history">
              <Later>
                {settings === null ? (
                  <Loading />
                ) : (
                  <History
                    settings={settings}
                    search={search}
                    onSearch={setSearch}
                    onEdit={correct}
                    onOutbox={() => setTab('outbox')}
                  />
                )}
              </Later>
            </TabPanel>
            <TabPanel name="settings">
              <Later>
                <Settings
                  mode={snapshot?.mode ?? null}
                  version={snapshot?.version ?? null}
                  onAbout={() => setAboutShown(true)}
                />
              </Later>
            </TabPanel>
          </main>
        </DraftsProvider>
        <PrivacyScreen />
        <Suspense fallback={null}>
          <PasteGuard />
        </Suspense>
        {isAboutShown && (
          <Suspense fallback={null}>
            <About onClose={() => setAboutShown(false)} />
          </Suspense>
        )}
        {isShortcutsShown && (
          <Suspense fallback={null}>
            <ShortcutsDialog
              tab={tab}
              hasStaff={(settings?.staff.length ?? 0) > 0}
              onClose={() => setShortcutsShown(false)}
            />
          </Suspense>
        )}
        {isLeaving && (
          <Suspense fallback={null}>
            <LeaveDialog onStay={() => setLeaving(false)} />
          </Suspense>
        )}
      </Tabs>
    </ClockProvider>
  );
}

/** A lazy part of the page with its own error boundary. */
function Later({ children }: { readonly children: ReactNode }) {
  return (
    <ErrorBoundary>
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </ErrorBoundary>
  );
}
