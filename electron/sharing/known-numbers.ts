import { MINUTE_MS, SECOND_MS, type Clock } from '../../shared/time.ts';
import type { Place } from '../../shared/other-desks.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import type { AnswerOf } from '../site/answers.ts';
import type { NumberAtDesks } from '../outbox/site-port.ts';
import type { Store } from '../store/store.ts';
import type { SiteCalls } from './site-calls.ts';

export type KnownNumbers = {
  /** A recent answer about this number; undefined without one. */
  readonly recall: (phone: E164) => NumberAtDesks | undefined;
  /** Looks numbers up, sixteen at most, unless there is a recent answer. */
  readonly look: (phones: readonly E164[]) => Promise<'known' | 'unavailable'>;
};

/**
 * How long an answer is used while there is no newer one; the claim asks again before an SMS. An answer that forbids an SMS stays, so
 * that a person can read it and decide.
 */
const KNOWN_MS = 5 * MINUTE_MS;
const NOTHING_KNOWN_MS = SECOND_MS;
/** How old an answer may be before a number is looked up again: an undone refusal, or an SMS that was sent since, shows. */
const FRESH_MS = SECOND_MS;
/** The most numbers that one call asks for. */
const MOST = 16;
/** The most look-ups at a time, one of them at the site database: a page that asks faster does not delay a claim. */
const MOST_LOOKS = 4;

const NOTHING: NumberAtDesks = { sent: null, doNotContact: null, waits: null };

type Found = Extract<AnswerOf<'look'>, { readonly is: 'known' }>['numbers'][number];

/** Creates the look-up of numbers at the site database, with a short memory. */
export function createKnownNumbers(parts: {
  readonly calls: Pick<SiteCalls, 'call' | 'keys'>;
  readonly store: Pick<Store, 'readRow'>;
  readonly clock: Pick<Clock, 'elapsedMs'>;
}): KnownNumbers {
  const { calls, store, clock } = parts;
  const known = new Map<
    E164,
    { readonly number: NumberAtDesks; readonly askedMs: number; readonly untilMs: number }
  >();

  const recall = (phone: E164): NumberAtDesks | undefined => {
    const found = known.get(phone);
    return found !== undefined && clock.elapsedMs() < found.untilMs ? found.number : undefined;
  };
  const isFresh = (phone: E164): boolean => {
    const found = known.get(phone);
    return found !== undefined && clock.elapsedMs() < found.askedMs + FRESH_MS;
  };
  /** This PC's own SMS is in its own database, with more about it. */
  const isOwn = (found: Found): boolean => {
    const id = found.sent?.invitation;
    return id !== undefined && store.readRow(id) !== undefined;
  };

  let looks = 0;
  let last: Promise<unknown> = Promise.resolve();

  const lookNow = async (phones: readonly E164[]): Promise<'known' | 'unavailable'> => {
    const asked = phones.filter((phone) => !isFresh(phone)).slice(0, MOST);
    if (asked.length === 0) return 'known';
    const answer = await calls.call((database) => database.look(asked));
    const keys = calls.keys();
    if (answer?.is !== 'known' || keys === undefined) return 'unavailable';
    const nowMs = clock.elapsedMs();
    for (const [phone, { untilMs }] of known) if (untilMs <= nowMs) known.delete(phone);
    const found = new Map(answer.numbers.map((number) => [number.key, number]));
    for (const phone of asked) {
      const one = found.get(keys.numberKey(phone));
      const number = one === undefined ? NOTHING : describe(one, isOwn(one));
      const forMs = number === NOTHING ? NOTHING_KNOWN_MS : KNOWN_MS;
      known.set(phone, { number, askedMs: nowMs, untilMs: nowMs + forMs });
    }
    return 'known';
  };

  return {
    recall,
    look: async (phones) => {
      if (looks >= MOST_LOOKS) return 'unavailable';
      looks += 1;
      const mine = last.then(() => lookNow(phones));
      last = mine.catch(() => {}); // the caller gets it; the next look-up goes on
      try {
        return await mine;
      } finally {
        looks -= 1;
      }
    },
  };
}

function describe({ sent, refused, waits }: Found, isOwn: boolean): NumberAtDesks {
  return {
    sent:
      sent === undefined || isOwn
        ? null
        : {
            sentAt: sent.at,
            proved: sent.proved,
            staff: sent.staff ?? null,
            place: placeOf(sent.where),
          },
    doNotContact:
      refused === undefined ? null : { since: refused.since, place: placeOf(refused.where) },
    waits:
      waits === undefined
        ? null
        : {
            since: waits.since,
            place: placeOf(waits.where),
            silentSince: waits.isSilent ? waits.silentSince : null,
          },
  };
}

/** A place as the site database names it. */
export function placeOf({
  desk,
  site,
}: {
  readonly desk?: string | undefined;
  readonly site: string;
}): Place {
  return { desk: desk ?? null, site };
}
