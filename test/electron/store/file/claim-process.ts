import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openStore } from '../../../../electron/store/file/open-store.ts';
import {
  A_PROGRESS,
  aDecision,
  aPhone,
  aRow,
  NINE,
  NOT_SENT,
  waiting,
} from '../../../support/builders/row.ts';

// Stores, claims and ends invitations until it is killed, and prints each promise.

const [path = ''] = process.argv.slice(2);
const opening = openStore({ path, now: () => NINE, onBadRow: () => {} });
if (opening.kind !== 'open') throw new Error(opening.why);
const { store } = opening;

const promise = (state: string, id: string) => writeSync(1, `${state} ${id}\n`);

for (let turn = 0; ; turn += 1) {
  const row = aRow({ phone: aPhone(turn % 100), forceReason: 'Practice', seenSentAt: NINE - 1 });
  const { id } = row.invitation;
  store.insertInvitation(row);
  promise('waiting', id);
  store.claim(id, NINE);
  promise('sending', id);
  const partooId = randomUUID();
  if (turn % 2 === 0) {
    const outcome = { kind: 'accepted', partooId } as const;
    store.recordAttempt(id, { endedAt: NINE, outcome }, aDecision(A_PROGRESS.accepted, partooId));
    promise('accepted', id);
  } else {
    store.recordAttempt(id, { endedAt: NINE, outcome: NOT_SENT }, aDecision(waiting()));
    promise('waiting', id);
  }
}
