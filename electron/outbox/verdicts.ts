import type { E164 } from '../../shared/phone/e164.ts';
import { SECOND_MS, type EpochMs } from '../../shared/time.ts';
import { shownToForce, type RemoteVerdict, type Verdict } from '../../shared/verdict.ts';
import { checkVerdict, type EnqueueParts, type VerdictQuestion } from './enqueue.ts';
import { withTimeout } from '../../shared/with-timeout.ts';
import type { DeskLookup } from './site-port.ts';
import type { RemoteChecks } from './check-while-typing.ts';

/** `shownAt`: the time of the earlier SMS, or of the refusal, that the person saw. */
export type TicketQuestion = Omit<VerdictQuestion, 'name'> & { readonly shownAt: EpochMs };

export type TicketAnswer =
  | { readonly kind: 'ticket'; readonly ticket: string }
  /** The verdict is no longer the one that the person saw. */
  | { readonly kind: 'not-allowed'; readonly verdict: Verdict };

/** What the form asks about a number before it saves an invitation. */
export type Verdicts = {
  /** Gives the verdict from this PC's database and recent Partoo searches. Sends no request. */
  readonly check: (asked: VerdictQuestion) => Verdict;
  /**
   * Gives the verdicts on numbers that may be typed next. A joined desk looks them up at the others first; an answer that comes late is
   * there for the next question.
   */
  readonly prefetch: (
    phones: readonly E164[],
    asked: Omit<VerdictQuestion, 'phone'>,
  ) => Promise<readonly { readonly phone: E164; readonly verdict: Verdict }[]>;
  /** Gives the verdict after asking the other desks and Partoo too; takes at most 4 s. */
  readonly checkWithPartoo: (asked: VerdictQuestion) => Promise<RemoteVerdict>;
  /** Issues the force ticket for "Send again anyway". */
  readonly requestTicket: (asked: TicketQuestion) => TicketAnswer;
};

/** The next digit follows within about this time. */
const LOOK_MS = SECOND_MS / 2;

/** Creates the verdicts of one desk session. */
export function createVerdicts(
  parts: EnqueueParts & {
    readonly remoteChecks: Pick<RemoteChecks, 'ask'>;
    readonly desks: DeskLookup | undefined;
  },
): Verdicts {
  const check = (asked: VerdictQuestion): Verdict => checkVerdict(parts, asked);
  return {
    check,
    prefetch: async (phones, asked) => {
      const looked = parts.desks?.look(phones);
      if (looked !== undefined)
        await withTimeout(looked, { clock: parts.clock, afterMs: LOOK_MS, late: 'late' });
      return phones.map((phone) => ({ phone, verdict: check({ ...asked, phone }) }));
    },
    checkWithPartoo: (asked) => parts.remoteChecks.ask(asked, () => check(asked)),
    requestTicket: ({ shownAt, ...asked }) => {
      const verdict = check({ ...asked, name: '' });
      if (shownToForce(verdict) !== shownAt) return { kind: 'not-allowed', verdict };
      const { phone, businessId } = asked;
      return { kind: 'ticket', ticket: parts.tickets.issue({ phone, businessId, shownAt }) };
    },
  };
}
