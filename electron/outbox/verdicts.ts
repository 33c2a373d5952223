import type { EpochMs } from '../../shared/time.ts';
import { shownToForce, type RemoteVerdict, type Verdict } from '../../shared/verdict.ts';
import { checkVerdict, type EnqueueParts, type VerdictQuestion } from './enqueue.ts';
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
  /** Gives the verdict after asking Partoo too; takes at most 2 s. */
  readonly checkWithPartoo: (asked: VerdictQuestion) => Promise<RemoteVerdict>;
  /** Issues the force ticket for "Send again anyway". */
  readonly requestTicket: (asked: TicketQuestion) => TicketAnswer;
};

/** Creates the verdicts of one desk session. */
export function createVerdicts(
  parts: EnqueueParts & { readonly remoteChecks: Pick<RemoteChecks, 'ask'> },
): Verdicts {
  const check = (asked: VerdictQuestion): Verdict => checkVerdict(parts, asked);
  return {
    check,
    checkWithPartoo: (asked) => parts.remoteChecks.ask(asked, () => check(asked)),
    requestTicket: ({ shownAt, ...asked }) => {
      const verdict = check({ ...asked, name: '' });
      if (shownToForce(verdict) !== shownAt) return { kind: 'not-allowed', verdict };
      const { phone, businessId } = asked;
      return { kind: 'ticket', ticket: parts.tickets.issue({ phone, businessId, shownAt }) };
    },
  };
}
