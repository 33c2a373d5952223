import type { E164 } from '../../shared/e164.ts';
import { HOUR_MS, type EpochMs } from '../../shared/time.ts';
import { WINDOW_MS } from '../../shared/window.ts';
import type { WindowEvidence } from './decide.ts';
import type { Answer, KnownSend, Partoo, SendsAnswer } from './partoo-port.ts';
import type { OutboxStore, Row } from './row.ts';

/** Searches reach back over the window and a little further, for clocks that differ. */
const SEARCH_BACK_MS = WINDOW_MS + HOUR_MS;

/** A search asks in both forms of the number. */
export const SEARCH_REQUESTS = 2;

/** What Partoo lists for this number in the window. */
export async function searchWindow(
  partoo: Pick<Partoo, 'search'>,
  query: { readonly businessId: string; readonly phone: E164; readonly now: EpochMs },
): Promise<SendsAnswer> {
  const { businessId, phone, now } = query;
  return partoo.search({ businessId, phone, after: now - SEARCH_BACK_MS });
}

/** What a search proves about a row. A send that another invitation of this desk already claims proves nothing. */
export function evidenceIn(
  found: SendsAnswer,
  store: Pick<OutboxStore, 'findByPartooId'>,
  row: Row,
): WindowEvidence {
  const sends = found.ok ? found.value : (found.shown ?? []);
  if (!found.ok && sends.length === 0) return { kind: 'no-answer' };
  const unclaimed = sends.filter((send: KnownSend) => {
    const owner = store.findByPartooId(send.id);
    return owner === undefined || owner.invitation.id === row.invitation.id;
  });
  return { kind: found.ok ? 'sends' : 'some-sends', sends, unclaimed };
}

/** For how many milliseconds Partoo wants to be left in peace; undefined when it said nothing of the kind. */
export function askedToWaitMs(found: Answer<unknown>): number | undefined {
  return !found.ok && found.trouble.kind === 'busy' ? found.trouble.pauseMs : undefined;
}
