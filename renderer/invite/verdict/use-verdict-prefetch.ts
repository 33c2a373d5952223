import { useCallback, useEffect, useState } from 'react';
import type { E164 } from '../../../shared/phone/e164.ts';
import type { Verdict } from '../../../shared/verdict.ts';
import { useIpc } from '../../ipc/use-ipc.ts';
import { possibleNextNumbers, type Typing } from '../phone/phone-input.ts';

/** The input of a verdict beside the number. */
export type VerdictContext = {
  readonly name: string;
  /** Null without a business. */
  readonly businessId: string | null;
  readonly replaces: string | null;
};

type Foreseen = { readonly about: string; readonly verdicts: ReadonlyMap<E164, Verdict> };

/**
 * Prefetches verdicts for the next digit: a browser paints a digit before a reply about it can arrive, so only a
 * verdict that is already there is painted together with the digit. `round` counts changes of the database, each of
 * which drops the prefetched verdicts; `forget` drops them too.
 */
export function useVerdictPrefetch(
  { known, text }: Typing,
  { name, businessId, replaces }: VerdictContext,
  round: number,
): {
  readonly foresee: (phone: E164) => Verdict | undefined;
  readonly forget: () => void;
} {
  const ipc = useIpc();
  const [foreseen, setForeseen] = useState<Foreseen | null>(null);
  const about = JSON.stringify([name, businessId, replaces, round]);
  useEffect(() => {
    if (known === null || businessId === null) return undefined;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const phones = possibleNextNumbers(known, text);
      if (phones.length === 0) return;
      const answer = await ipc.call('verdict.prefetch', { phones, name, businessId, replaces });
      // A failure is reported when the number itself is checked.
      if (!isCurrent || !answer.ok) return;
      setForeseen({ about, verdicts: new Map(answer.value.map((it) => [it.phone, it.verdict])) });
    };
    // After the form: parsing ten numbers must not delay the key that was just pressed.
    const waiting = setTimeout(() => void ask());
    return () => {
      isCurrent = false;
      clearTimeout(waiting);
    };
  }, [ipc, known, text, name, businessId, replaces, about]);
  return {
    foresee: (phone) => (foreseen?.about === about ? foreseen.verdicts.get(phone) : undefined),
    forget: useCallback(() => setForeseen(null), []),
  };
}
