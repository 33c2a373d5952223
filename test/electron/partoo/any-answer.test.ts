import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HttpResult } from '../../../electron/partoo/http-result.ts';
import { searchBusinesses } from '../../../electron/partoo/search-businesses.ts';
import { readErrorText } from '../../../electron/partoo/error-text.ts';
import { checkDelivery } from '../../../electron/partoo/check-delivery.ts';
import type { SendPartooRequest } from '../../../electron/partoo/request.ts';
import { searchInvitation } from '../../../electron/partoo/search-invitation.ts';
import { checkKey, checkReachable } from '../../../electron/partoo/check-key.ts';
import { NOW, REQUEST } from '../../support/builders/partoo.ts';

/** JSON with the keys that Deskbell reads, and any values. */
const bodies = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      page: fc.jsonValue(),
      max_page: fc.oneof(fc.jsonValue(), fc.nat(3)),
      count: fc.oneof(fc.jsonValue(), fc.nat(3)),
      review_invitations: fc.oneof(
        fc.jsonValue(),
        fc.array(
          fc.oneof(fc.jsonValue(), fc.record({ id: fc.string(), sent_time: fc.jsonValue() })),
        ),
      ),
      businesses: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
      id: fc.jsonValue(),
      status: fc.jsonValue(),
      errors: fc.jsonValue(),
      message: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
);

const attempts: fc.Arbitrary<HttpResult> = fc.record({
  kind: fc.constant('answered' as const),
  status: fc.oneof({ weight: 3, arbitrary: fc.constant(200) }, fc.constantFrom(201, 400, 403, 500)),
  contentType: fc.constantFrom('application/json', 'text/html', ''),
  body: fc.oneof({ weight: 5, arbitrary: bodies.map((body) => JSON.stringify(body)) }, fc.string()),
  serverTime: fc.constant(undefined),
  retryAfterMs: fc.constant(undefined),
});

const endless = (answers: readonly HttpResult[]): SendPartooRequest => {
  let next = 0;
  return () => {
    const answer = answers[next % answers.length];
    next += 1;
    if (answer === undefined) throw new Error('there is always an answer');
    return Promise.resolve(answer);
  };
};

test('[rows 128, 141, 142] any answer: no call throws, and only a valid list is read as a list', async () => {
  const query = { businessId: 'b', phone: REQUEST.phone, after: NOW };
  await fc.assert(
    fc.asyncProperty(fc.array(attempts, { minLength: 1, maxLength: 3 }), async (answers) => {
      const perform = endless(answers);
      const found = await searchInvitation(perform, query);
      for (const send of found.ok ? found.value : (found.shown ?? [])) {
        expect(send.id).not.toBe('');
        expect(send.sentAt === null || send.sentAt >= NOW).toBe(true);
      }
      // A list comes only from Partoo's list.
      if (found.ok) {
        expect(answers.some((one) => one.kind === 'answered' && one.status === 200)).toBe(true);
      }
      await checkKey(perform);
      await checkReachable(perform);
      await checkDelivery(perform, 'a');
      await searchBusinesses(perform, { text: '', page: 1, among: 'all' });
    }),
    { numRuns: 500 },
  );
});

test('[row 145] an error text is one short line, whatever it is made of', () => {
  fc.assert(
    fc.property(bodies, (body) => {
      const text = readErrorText(body);
      if (text === undefined) return;
      expect(text.length).toBeLessThanOrEqual(300);
      expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]|\p{Nd}{6}/u);
    }),
  );
});
