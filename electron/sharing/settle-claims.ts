import type { Store } from '../store/store.ts';
import type { OpenClaim } from '../store/tables/site-claims.ts';
import { ownSend } from './shared-rows.ts';
import type { SiteCalls } from './site-calls.ts';

export type SettleParts = {
  readonly calls: Pick<SiteCalls, 'call'>;
  readonly store: Store;
  /** The invitation whose claim is in use at this moment. */
  readonly claimedNow: () => string | undefined;
};

/**
 * Tells the site database what became of the claims of this desk, until it has acknowledged each. A claim whose SMS is proved not
 * to be sent is taken back; any other one counts as an SMS.
 */
export async function settleClaims(parts: SettleParts): Promise<'done' | 'no-answer'> {
  for (const claim of parts.store.listOpenClaims()) {
    if (claim.invitation === parts.claimedNow()) continue;
    if ((await settle(parts, claim)) === 'no-answer') return 'no-answer';
  }
  return 'done';
}

async function settle(
  { calls, store }: SettleParts,
  open: OpenClaim,
): Promise<'done' | 'no-answer'> {
  const { invitation, claims } = open;
  const row = store.readRow(invitation);
  const send = row && ownSend(row, store.readPartooId(invitation));
  for (const claim of claims) {
    const answer = await calls.call((database) => database.settle(invitation, claim, send ?? null));
    if (answer === undefined) return 'no-answer';
  }
  store.dropClaims(open);
  return 'done';
}
