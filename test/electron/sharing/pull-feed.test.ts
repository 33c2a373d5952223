import { expect, test } from 'vitest';
import { pullFeed } from '../../../electron/sharing/pull-feed.ts';
import { aSharingDesk } from '../../support/builders/site-calls.ts';

test('[row 332] a site database that always says to start again is asked twice, not for ever', async () => {
  let pulls = 0;
  const { calls, store } = aSharingDesk({
    pull: async () => {
      pulls += 1;
      return { kind: 'answer', answer: { is: 'start-again' } };
    },
  });
  await calls.readKeys();
  expect(await pullFeed(calls, store)).toBe('no-answer');
  expect(pulls).toBe(2);
});
