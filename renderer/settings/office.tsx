import { createContext, use, useState } from 'react';
import type { Output } from '../../shared/ipc/contract.ts';
import type { SettingChange, Settings } from '../../shared/settings.ts';
import { useDesk } from '../hooks.ts';
import { useWords } from '../words.ts';
import type { Said } from '../said.tsx';

/** What every section of Settings knows. */
export type Office = Output<'settings.read'> & {
  readonly mode: 'live' | 'practice' | null;
  readonly version: string | null;
  /** Reads everything anew. */
  readonly again: () => void;
};

const OfficeContext = createContext<Office | null>(null);
export const OfficeProvider = OfficeContext.Provider;

/** The settings as they are, and who has fixed which. */
export function useOffice(): Office {
  const office = use(OfficeContext);
  if (office === null) throw new Error('useOffice outside of Settings');
  return office;
}

/** Whether IT has fixed a setting for this PC. */
export function useIsLocked(setting: keyof Settings): boolean {
  return useOffice().locked.includes(setting);
}

/** Saves settings and knows what to say about it. `save` resolves to whether they were saved. */
export function useSave() {
  const desk = useDesk();
  const { again } = useOffice();
  const { t } = useWords();
  const [said, setSaid] = useState<Said | null>(null);
  const save = async (change: SettingChange): Promise<boolean> => {
    const saved = await desk.call('settings.save', change);
    setSaid(
      saved.ok
        ? { kind: 'good', text: t('common.saved') }
        : { kind: 'failure', failure: saved.failure },
    );
    again();
    return saved.ok;
  };
  return { said, setSaid, save };
}
