import { expect, test } from 'vitest';
import { createSiteChaos } from '../chaos/site-chaos.ts';

const SHORT = { desks: 3, kills: 1, seconds: 15, say: () => {} };

test.concurrent.each(['one-step', 'two-steps'] as const)(
  'three desks that fail, with a Partoo in %s: no double SMS, nothing lost, the rate is kept',
  async (partoo) => {
    const { counts, breaches } = await createSiteChaos({ ...SHORT, partoo, seed: 15 });
    expect(breaches).toEqual([]);
    expect(counts).toMatchObject({ kills: 1 });
    expect(counts['sms']).toBeGreaterThan(3);
  },
);
