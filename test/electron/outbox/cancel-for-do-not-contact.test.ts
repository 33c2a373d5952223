import { describe, expect, test } from 'vitest';
import { decideForDoNotContact } from '../../../electron/outbox/cancel-for-do-not-contact.ts';
import { STATES, type Progress } from '../../../shared/invitation.ts';
import { A_PROGRESS, aRow, NINE } from '../../support/builders/row.ts';

const asked = (why: 'window' | 'too-old' | 'unproved'): Progress => ({
  state: 'needs_decision',
  at: NINE,
  why,
});
const UNCLEAR = { attempts: 1, unclearAttempts: 1, unclearSince: NINE, lastAttemptAt: NINE };

describe('[row 204] an invitation whose number is now on the list', () => {
  test.each([
    ['held', A_PROGRESS.held, 'cancelled'],
    ['waiting', A_PROGRESS.waiting, 'cancelled'],
    ['too old', asked('too-old'), 'expired'],
    ['stopped by the resend window', asked('window'), 'cancelled'],
  ])('%s: ends as never sent', (_title, progress, state) => {
    expect(decideForDoNotContact(aRow({ progress }), NINE + 1)).toMatchObject({
      progress: { state, at: NINE + 1 },
      sentAt: null,
    });
  });

  test.each([A_PROGRESS.held, A_PROGRESS.waiting])(
    '$state after an attempt without an answer: counts as sent',
    (progress) => {
      expect(decideForDoNotContact(aRow({ progress, ...UNCLEAR }), NINE + 1)).toMatchObject({
        progress: { state: 'maybe_sent' },
        sentAt: NINE,
      });
    },
  );

  test('perhaps sent: stays for the person who decides', () => {
    expect(
      decideForDoNotContact(aRow({ progress: asked('unproved'), ...UNCLEAR }), NINE),
    ).toBeUndefined();
  });

  test.each(STATES.filter((state) => !['held', 'waiting', 'needs_decision'].includes(state)))(
    '%s: stays as it is',
    (state) => {
      expect(decideForDoNotContact(aRow({ progress: A_PROGRESS[state] }), NINE)).toBeUndefined();
    },
  );
});
