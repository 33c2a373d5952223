import { useCallback, useEffect, useState } from 'react';
import type { E164 } from '../../../shared/phone/e164.ts';
import type { Verdict } from '../../../shared/verdict.ts';
import { useIpc } from '../../ipc/use-ipc.ts';
import { possibleNextNumbers, type Typing } from '../phone/phone-input.ts';

/** What a verdict rests on beside the number. */
export type VerdictContext = {
  readonly name: string;
  /** Null while there is none to invite for. */
  readonly businessId: string | null;
  readonly replaces: string | null;
};

type Foreseen = { readonly about: string; readonly verdicts: ReadonlyMap<E164, Verdict> };

/**
 * The verdicts on the numbers that one more digit would complete, asked for before it is typed: a browser paints a digit
 * before it hands over the answer to a question about it, so only an answer that is there already is painted together
 * with the digit. `round` counts the changes of the log, each of which ends what was foreseen; `forget` ends it too.
 */
export function useVerdictPrefetch(
  { known, text }: Typing,
  { name, businessId, replaces }: VerdictContext,
  round: number,
): {
  readonly foresee: (phone: E164) => Verdict | undefined;
  readonly forget: () => void;
} {
  const desk = useIpc();
  const [foreseen, setForeseen] = useState<Foreseen | null>(null);
  const about = JSON.stringify([name, businessId, replaces, round]);
  useEffect(() => {
    if (known === null || businessId === null) return undefined;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const phones = possibleNextNumbers(known, text);
      if (phones.length === 0) return;
      const answer = await desk.call('verdict.foresee', { phones, name, businessId, replaces });
      // A failure is said when the number itself is asked about.
      if (!isCurrent || !answer.ok) return;
      setForeseen({ about, verdicts: new Map(answer.value.map((it) => [it.phone, it.verdict])) });
    };
    // The form first: the parsing of ten numbers is not to hold up the key that was just pressed.
    const waiting = setTimeout(() => void ask());
    return () => {
      isCurrent = false;
      clearTimeout(waiting);
    };
  }, [desk, known, text, name, businessId, replaces, about]);
  return {
    foresee: (phone) => (foreseen?.about === about ? foreseen.verdicts.get(phone) : undefined),
    forget: useCallback(() => setForeseen(null), []),
  };
}
