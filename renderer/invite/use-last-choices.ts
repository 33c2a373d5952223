import { useState } from 'react';
import type { LastChoice, CurrentStaff, LastChoices } from '../../shared/last-choices.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import type { DeskSettings } from '../ipc/client.ts';
import { useClock, useNow } from '../time/use-clock.ts';
import { useIpc } from '../ipc/use-ipc.ts';
import { currentStaff } from './current-staff.ts';

/** Provides business and sender as last chosen, here or before the last restart. */
export function useLastChoices(settings: DeskSettings | null, remembered: LastChoices | null) {
  const ipc = useIpc();
  const clock = useClock();
  const now = useNow(MINUTE_MS);
  const [businessId, setBusinessId] = useState<string | null>(null);
  const [onDuty, setOnDuty] = useState<CurrentStaff | 'nobody' | null>(null);
  const remember = (choice: LastChoice): void => {
    // A choice that could not be saved stays in effect until the next start.
    void ipc.call('lastChoice.save', choice);
  };
  const sender = onDuty === 'nobody' ? null : (onDuty ?? remembered?.onDuty ?? null);
  return {
    businessId: businessId ?? remembered?.businessId ?? null,
    chooseBusiness: (id: string): void => {
      setBusinessId(id);
      remember({ kind: 'business', businessId: id });
    },
    staff: currentStaff(sender, settings?.staff ?? [], now),
    /** Null: no sender is named. */
    chooseStaff: (name: string | null): void => {
      const chosen = name === null ? null : { name, since: clock() };
      setOnDuty(chosen ?? 'nobody');
      remember({ kind: 'on-duty', onDuty: chosen });
    },
  };
}
