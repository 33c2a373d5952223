import { expect, test } from 'vitest';
import { createKnownNumbers } from '../../../electron/sharing/known-numbers.ts';
import { aPhone } from '../../support/builders/row.ts';
import { aSharingDesk } from '../../support/builders/site-calls.ts';

test('[row 292] a page that asks as fast as it can has one look-up at a time, and no long queue', async () => {
  let inFlight = 0;
  let most = 0;
  let calls = 0;
  const desk = aSharingDesk({
    look: async () => {
      calls += 1;
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise(setImmediate);
      inFlight -= 1;
      return { kind: 'answer', answer: { is: 'known', numbers: [] } };
    },
  });
  const { look, recall } = createKnownNumbers(desk);
  const answers = await Promise.all(Array.from({ length: 100 }, (_, last) => look([aPhone(last)])));
  expect(most).toBe(1);
  expect(calls).toBe(4);
  expect(answers.filter((answer) => answer === 'unavailable')).toHaveLength(96);
  expect(await look([aPhone(50)])).toBe('known');
  expect(recall(aPhone(50))).toEqual({ sent: null, doNotContact: null, waits: null });
});
