import { useEffect, useReducer, useState } from 'react';
import type { E164 } from '../../shared/phone.ts';
import type { Verdict } from '../../shared/verdict.ts';
import type { Answer } from '../desk.ts';
import { useDesk, useOn } from '../hooks.ts';

type Asked = { readonly phone: E164; readonly businessId: string };
type Known = Asked & { readonly answer: Answer<'verdict.check'> };

/**
 * What is known about the number in the form, asked anew whenever the form or the log changes; null while nothing is.
 * Answers to older questions are ignored. `learn` takes a verdict that came in another way.
 */
export function useVerdict(
  phone: E164 | null,
  name: string,
  businessId: string | undefined,
): {
  readonly answer: Answer<'verdict.check'> | null;
  readonly learn: (verdict: Verdict) => void;
} {
  const desk = useDesk();
  const [known, setKnown] = useState<Known | null>(null);
  const [round, again] = useReducer((count: number) => count + 1, 0);
  useOn('invitation.changed', again);
  useOn('desk.changed', again);
  useEffect(() => {
    if (phone === null || businessId === undefined) return undefined;
    let isCurrent = true;
    void desk.call('verdict.check', { phone, name, businessId }).then((answer) => {
      if (isCurrent) setKnown({ phone, businessId, answer });
    });
    return () => {
      isCurrent = false;
    };
  }, [desk, phone, name, businessId, round]);
  const isAboutThis = known?.phone === phone && known.businessId === businessId;
  return {
    answer: isAboutThis ? known.answer : null,
    learn: (verdict) => {
      if (phone !== null && businessId !== undefined) {
        setKnown({ phone, businessId, answer: { ok: true, value: verdict } });
      }
    },
  };
}
