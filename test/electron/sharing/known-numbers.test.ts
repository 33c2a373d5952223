import { expect, test } from 'vitest';
import { createKnownNumbers } from '../../../electron/sharing/known-numbers.ts';
import { SECOND_MS } from '../../../shared/time.ts';
import { aPhone, NINE } from '../../support/builders/row.ts';
import { aSharingDesk } from '../../support/builders/site-calls.ts';

test('a number is looked up again after a second, and the newer answer counts', async () => {
  let isRefused = true;
  const desk = aSharingDesk({
    look: async (phones) => ({
      kind: 'answer',
      answer: {
        is: 'known',
        numbers: phones.flatMap((phone) =>
          isRefused
            ? [
                {
                  key: desk.calls.keys()?.numberKey(phone) ?? '',
                  refused: { since: NINE, where: { site: 'Lille' } },
                },
              ]
            : [],
        ),
      },
    }),
  });
  await desk.calls.readKeys();
  const { look, recall } = createKnownNumbers(desk);
  await look([aPhone(1)]);
  expect(recall(aPhone(1))).toMatchObject({ doNotContact: { since: NINE } });
  isRefused = false;
  await look([aPhone(1)]);
  expect(recall(aPhone(1))).toMatchObject({ doNotContact: { since: NINE } });
  await desk.clock.advance(SECOND_MS);
  await look([aPhone(1)]);
  expect(recall(aPhone(1))).toMatchObject({ doNotContact: null });
});

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
