import { useEffect, useReducer, useState } from 'react';
import type { E164 } from '../../../shared/phone/e164.ts';
import type { Ruling, RemoteVerdict, Verdict } from '../../../shared/verdict.ts';
import type { IpcAnswer } from '../../ipc/client.ts';
import { useDelay } from '../../time/use-clock.ts';
import { useIpc, useEvent } from '../../ipc/use-ipc.ts';
import type { Typing } from '../phone/phone-input.ts';
import { type VerdictContext, useVerdictPrefetch } from './use-verdict-prefetch.ts';

/** Ask Partoo only after a pause in typing, not at every key. */
const PAUSE_MS = 400;

type Asked = {
  readonly phone: E164;
  readonly businessId: string;
  readonly replaces: string | null;
};

/** Who was asked beside this PC's database, or why there was no answer; null while nobody was asked. */
export type RemoteVerdictState =
  Answerer | Exclude<RemoteVerdict['kind'], 'asked' | 'not-asked'> | null;
type Answerer = Extract<RemoteVerdict, { readonly kind: 'asked' }>['by'];
type Known = Asked & {
  readonly answer: IpcAnswer<'verdict.check'>;
  readonly opinion: RemoteVerdictState;
  /** When Partoo may be asked again; null while unknown, or already done. */
  readonly again: { readonly afterMs: number } | null;
  /** Whether that time has come. */
  readonly isDue: boolean;
};

/** Returns what to keep of the answer of Partoo or of the other desks. */
export function opinionOf(
  second: Exclude<RemoteVerdict, { readonly kind: 'not-asked' }>,
): Pick<Known, 'opinion' | 'again' | 'isDue'> {
  const again = second.kind === 'rate-limited' ? { afterMs: second.waitMs } : null;
  const opinion = second.kind === 'asked' ? second.by : second.kind;
  return { opinion, again, isDue: false };
}

const NO_OPINION = { opinion: null, again: null, isDue: false } as const;

/** Whether to ask Partoo: not asked yet, or the rate limiter refused before and allows it now. */
export function isUnasked({ opinion, isDue }: Pick<Known, 'opinion' | 'isDue'>): boolean {
  return opinion === null || isDue;
}

/** Whether Partoo or the other desks have answered. */
function isAnswered(opinion: RemoteVerdictState): opinion is Answerer {
  return opinion === 'partoo' || opinion === 'desks';
}

/**
 * Provides the verdict on the number in the form, read again whenever the form or the database changes; null without a
 * verdict or a complete number. If this PC's database has no objection, the other desks or Partoo are asked too after a pause in typing.
 * Ignores answers to older questions. `learn` takes a verdict from elsewhere.
 */
export function useVerdict(
  phone: E164 | null,
  circumstances: VerdictContext,
  typing: Typing,
): {
  readonly answer: IpcAnswer<'verdict.check'> | null;
  readonly opinion: RemoteVerdictState;
  readonly learn: (verdict: Verdict) => void;
} {
  const ipc = useIpc();
  const [known, setKnown] = useState<Known | null>(null);
  const [round, nextRound] = useReducer((count: number) => count + 1, 0);
  useEvent('invitation.changed', nextRound);
  useEvent('app.changed', nextRound);
  useEvent('connection.changed', ({ kind }) => {
    // Ask again when Partoo becomes reachable.
    if (kind !== 'online' && kind !== 'clock-off') return;
    setKnown((before) =>
      before === null || isAnswered(before.opinion) ? before : { ...before, ...NO_OPINION },
    );
  });
  useEvent('otherDesks.changed', ({ kind }) => {
    // Ask again when the other desks are reached: Partoo's answer says nothing about them.
    if (kind !== 'connected') return;
    setKnown((before) =>
      before === null || before.opinion === 'desks' ? before : { ...before, ...NO_OPINION },
    );
  });

  const { name, businessId, replaces } = circumstances;
  useEffect(() => {
    if (phone === null || businessId === null) return undefined;
    const asked = { phone, businessId, replaces };
    let isCurrent = true;
    void ipc.call('verdict.check', { ...asked, name }).then((answer) => {
      if (!isCurrent) return;
      setKnown((before) => ({
        ...(isAbout(before, asked) ? before : NO_OPINION),
        ...asked,
        answer,
      }));
    });
    return () => {
      isCurrent = false;
    };
  }, [ipc, phone, name, businessId, replaces, round]);

  const { foresee, forget } = useVerdictPrefetch(typing, circumstances, round);
  useEffect(() => {
    // The next customer may have the same number, whose verdict may change without an event.
    if (phone !== null) return;
    setKnown(null);
    forget();
  }, [phone, forget]);
  const question = phone === null || businessId === null ? null : { phone, businessId, replaces };
  const ahead = phone === null ? undefined : foresee(phone);
  const foreseen = question === null || ahead === undefined ? null : knownOf(question, ahead);
  // Use the prefetched verdict until the number itself was checked.
  const current = isAbout(known, question) ? known : foreseen;
  const isOpen =
    current !== null &&
    isUnasked(current) &&
    current.answer.ok &&
    isSilent(current.answer.value.ruling);
  useEffect(() => {
    if (!isOpen || phone === null || businessId === null) return undefined;
    const asked = { phone, businessId, replaces };
    let isCurrent = true;
    const timer = setTimeout(() => {
      void ipc.call('verdict.checkWithPartoo', { ...asked, name }).then((second) => {
        // A failure of the app itself is already reported by the first call.
        if (!isCurrent || !second.ok || second.value.kind === 'not-asked') return;
        const opinion = second.value;
        setKnown((before) => {
          if (!isAbout(before, asked)) return before;
          const next = { ...before, ...opinionOf(opinion) };
          return opinion.kind === 'asked'
            ? { ...next, answer: { ok: true, value: opinion.verdict } }
            : next;
        });
      });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [ipc, phone, name, businessId, replaces, isOpen]);

  // The number is still in the form: ask as soon as possible.
  const again = known?.again ?? null;
  useDelay(again?.afterMs ?? null, again, () => {
    setKnown((before) => before && { ...before, again: null, isDue: true });
  });

  return {
    answer: current?.answer ?? null,
    opinion: current?.opinion ?? null,
    learn: (verdict) => {
      if (question !== null) setKnown(knownOf(question, verdict));
    },
  };
}

function knownOf(asked: Asked, verdict: Verdict): Known {
  return { ...asked, answer: { ok: true, value: verdict }, ...NO_OPINION };
}

function isAbout(known: Known | null, asked: Asked | null): known is Known {
  return (
    known !== null &&
    known.phone === asked?.phone &&
    known.businessId === asked.businessId &&
    known.replaces === asked.replaces
  );
}

/** Whether this PC knows no objection to an SMS. */
function isSilent({ kind }: Ruling): boolean {
  return kind === 'never' || kind === 'past' || kind === 'house';
}
