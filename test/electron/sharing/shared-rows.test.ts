import { expect, test } from 'vitest';
import { ownSend, pushedOpen, pushedSend } from '../../../electron/sharing/shared-rows.ts';
import { MINUTE_MS } from '../../../shared/time.ts';
import { aRow, NINE } from '../../support/builders/row.ts';

const at = NINE - MINUTE_MS;
const accepted = { state: 'accepted', at, evidence: 'response', delivery: null } as const;
const window = { state: 'needs_decision', at, why: 'window' } as const;

test.each([
  [
    'accepted',
    aRow({ progress: accepted, sentAt: at }),
    { sentAt: at, proved: true, partooId: 'p' },
  ],
  [
    'unclear, and waiting for the next attempt',
    aRow({ attempts: 1, unclearAttempts: 1, unclearSince: at, lastAttemptAt: at, sentAt: at }),
    { sentAt: at, proved: false, partooId: null },
  ],
  [
    'maybe sent',
    aRow({ progress: { state: 'maybe_sent', at }, sentAt: at }),
    { sentAt: at, proved: false, partooId: null },
  ],
  ['never sent', aRow({ progress: { state: 'cancelled', at } }), undefined],
  // The time in the row is that of another desk's SMS.
  ['held back by the SMS of another desk', aRow({ progress: window, sentAt: at }), undefined],
])('the own SMS of an invitation that is %s', (_, row, send) => {
  expect(ownSend(row, 'p')).toEqual(send);
  expect(pushedSend(row, 'p')).toEqual(
    send && {
      id: row.invitation.id,
      phone: row.invitation.phone,
      business: row.invitation.businessId,
      queuedAt: NINE,
      staff: null,
      ...send,
    },
  );
});

test('an open invitation carries sealed what another desk needs to send it', () => {
  const row = aRow({ content: 'Hello', consentAt: NINE, consentBy: 'Léa' });
  const { id, phone, businessId } = row.invitation;
  expect(pushedOpen(row)).toEqual({
    id,
    phone,
    queuedAt: NINE,
    state: 'waiting',
    forced: false,
    tried: false,
    sealed: {
      phone,
      name: 'Marie Dupont',
      businessId,
      content: 'Hello',
      consentAt: NINE,
      consentBy: 'Léa',
    },
  });
  expect(pushedOpen(aRow({ progress: accepted, sentAt: at }))).toBeUndefined();
});

test('an invitation that only a person may send is not taken over', () => {
  expect(pushedOpen(aRow({ onlyByPerson: true }))?.tried).toBe(true);
});

test('[row 293] no text of an SMS is one that PostgreSQL refuses', () => {
  const progress = { ...accepted, at };
  const row = aRow({ progress, sentAt: at, staff: 'L\0é\ud83da' });
  expect(pushedSend(row, 'p'.repeat(65))).toMatchObject({ staff: 'Lé\ufffda', partooId: null });
});
