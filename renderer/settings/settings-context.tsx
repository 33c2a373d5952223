import { createContext, use, useState } from 'react';
import type { Output } from '../../shared/ipc/contract.ts';
import type { SettingChange, Settings } from '../../shared/settings.ts';
import { useIpc } from '../ipc/use-ipc.ts';
import { useTranslations } from '../i18n/translations.ts';
import type { StatusMessage } from '../components/status-message.tsx';

/** The state that all sections of Settings share. */
export type SettingsContext = Output<'settings.read'> & {
  readonly mode: 'live' | 'practice' | null;
  readonly version: string | null;
  /** Reads everything again. */
  readonly again: () => void;
  /** Runs one task after the other, so that a change applies to the stored result of the one before. */
  readonly inTurn: <T>(task: () => Promise<T>) => Promise<T>;
};

const OfficeContext = createContext<SettingsContext | null>(null);
export const SettingsProvider = OfficeContext.Provider;

/** Returns the settings, and which of them are locked. */
export function useSettings(): SettingsContext {
  const office = use(OfficeContext);
  if (office === null) throw new Error('useSettings outside of SettingsProvider');
  return office;
}

/** For whom IT has fixed a setting: for this PC, or for all desks of the organisation. Null: it can be changed here. */
export type Lock = 'this-pc' | 'all-desks' | null;

export function useLock(setting: keyof Settings): Lock {
  const { locked, central } = useSettings();
  if (!locked.includes(setting)) return null;
  return central.includes(setting) ? 'all-desks' : 'this-pc';
}

/** Creates a queue that runs one task after the other, whether or not the one before succeeded. */
export function createSaveQueue(): SettingsContext['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = last.then(task, task);
    last = mine;
    return mine;
  };
}

/**
 * Saves settings and creates the message about it. `save` and `update` resolve to whether they were saved; `update`
 * changes the currently stored settings, not those on the screen.
 */
export function useSaveSetting() {
  const ipc = useIpc();
  const { again, inTurn } = useSettings();
  const { t } = useTranslations();
  const [said, setSaid] = useState<StatusMessage | null>(null);
  const write = async (change: SettingChange, done: string): Promise<boolean> => {
    const saved = await ipc.call('settings.save', change);
    setSaid(saved.ok ? { kind: 'good', text: done } : { kind: 'failure', failure: saved.failure });
    again();
    return saved.ok;
  };
  const save = (change: SettingChange): Promise<boolean> =>
    inTurn(() => write(change, t('common.saved')));
  const update = (
    next: (stored: Settings) => SettingChange,
    done = t('common.saved'),
  ): Promise<boolean> =>
    inTurn(async () => {
      const stored = await ipc.call('settings.read', {});
      if (stored.ok) return write(next(stored.value.settings), done);
      setSaid({ kind: 'failure', failure: stored.failure });
      return false;
    });
  return { said, setSaid, save, update };
}
