import { useEffect, useReducer, useState } from 'react';
import type { E164 } from '../../../shared/phone/e164.ts';
import type { Ruling, SecondOpinion, Verdict } from '../../../shared/verdict.ts';
import type { Answer } from '../../ipc/client.ts';
import { useDesk, useOn } from '../../ipc/use-ipc.ts';
import type { Typing } from '../phone/phone-input.ts';
import { type Circumstances, useForesight } from './use-verdict-prefetch.ts';

/** Whoever types or looks something up does not want a question to Partoo for every key. */
const PAUSE_MS = 400;

type Asked = {
  readonly phone: E164;
  readonly businessId: string;
  readonly replaces: string | null;
};

/** What Partoo has added; null while it was not asked. */
export type Opinion = Exclude<SecondOpinion['kind'], 'not-asked'> | null;
type Known = Asked & { readonly answer: Answer<'verdict.check'>; readonly opinion: Opinion };

/**
 * What is known about the number in the form, asked anew whenever the form or the log changes; null while nothing is, or
 * the number is not complete. Where the log of this PC is silent Partoo is asked too, when the typing has come to rest.
 * Answers to older questions are ignored. `learn` takes a verdict that came in another way.
 */
export function useVerdict(
  phone: E164 | null,
  circumstances: Circumstances,
  typing: Typing,
): {
  readonly answer: Answer<'verdict.check'> | null;
  readonly opinion: Opinion;
  readonly learn: (verdict: Verdict) => void;
} {
  const desk = useDesk();
  const [known, setKnown] = useState<Known | null>(null);
  const [round, again] = useReducer((count: number) => count + 1, 0);
  useOn('invitation.changed', again);
  useOn('desk.changed', again);
  useOn('connection.changed', ({ kind }) => {
    // Whoever can be reached now is asked once more.
    if (kind !== 'online' && kind !== 'clock-off') return;
    setKnown((before) =>
      before === null || before.opinion === 'asked' ? before : { ...before, opinion: null },
    );
  });

  const { name, businessId, replaces } = circumstances;
  useEffect(() => {
    if (phone === null || businessId === null) return undefined;
    const asked = { phone, businessId, replaces };
    let isCurrent = true;
    void desk.call('verdict.check', { ...asked, name }).then((answer) => {
      if (!isCurrent) return;
      setKnown((before) => ({
        ...asked,
        answer,
        opinion: isAbout(before, asked) ? before.opinion : null,
      }));
    });
    return () => {
      isCurrent = false;
    };
  }, [desk, phone, name, businessId, replaces, round]);

  const { foresee, forget } = useForesight(typing, circumstances, round);
  useEffect(() => {
    // The next customer may have the same number, and by then something may be known of it that nobody announced.
    if (phone !== null) return;
    setKnown(null);
    forget();
  }, [phone, forget]);
  const question = phone === null || businessId === null ? null : { phone, businessId, replaces };
  const ahead = phone === null ? undefined : foresee(phone);
  const foreseen = question === null || ahead === undefined ? null : knownOf(question, ahead);
  // What was foreseen serves until the log has been asked about the number itself.
  const current = isAbout(known, question) ? known : foreseen;
  const isOpen =
    current !== null &&
    current.opinion === null &&
    current.answer.ok &&
    isSilent(current.answer.value.ruling);
  useEffect(() => {
    if (!isOpen || phone === null || businessId === null) return undefined;
    const asked = { phone, businessId, replaces };
    let isCurrent = true;
    const timer = setTimeout(() => {
      void desk.call('verdict.ask', { ...asked, name }).then((second) => {
        // A failure of the desk itself is already said where the log was asked.
        if (!isCurrent || !second.ok || second.value.kind === 'not-asked') return;
        const opinion = second.value;
        setKnown((before) => {
          if (!isAbout(before, asked)) return before;
          return opinion.kind === 'asked'
            ? { ...before, answer: { ok: true, value: opinion.verdict }, opinion: 'asked' }
            : { ...before, opinion: opinion.kind };
        });
      });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [desk, phone, name, businessId, replaces, isOpen]);

  return {
    answer: current?.answer ?? null,
    opinion: current?.opinion ?? null,
    learn: (verdict) => {
      if (question !== null) setKnown(knownOf(question, verdict));
    },
  };
}

function knownOf(asked: Asked, verdict: Verdict): Known {
  return { ...asked, answer: { ok: true, value: verdict }, opinion: null };
}

function isAbout(known: Known | null, asked: Asked | null): known is Known {
  return (
    known !== null &&
    known.phone === asked?.phone &&
    known.businessId === asked.businessId &&
    known.replaces === asked.replaces
  );
}

/** Whether nothing that this PC knows stands against an SMS. */
function isSilent({ kind }: Ruling): boolean {
  return kind === 'never' || kind === 'past' || kind === 'house';
}
