import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { HttpResult } from '../../../electron/partoo/http-result.ts';
import { classifySend } from '../../../electron/partoo/classify-send.ts';

type Answered = Extract<HttpResult, { kind: 'answered' }>;

const answered = (status: number, body: unknown, more: Partial<Answered> = {}): Answered => ({
  kind: 'answered',
  status,
  contentType: 'application/json',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  serverTime: undefined,
  retryAfterMs: undefined,
  ...more,
});

const SUCCESS = { invitation_id: 'd3d8c966-0356-4ec0-baae-13ec3622ebc2', status: 'success' };
const ERRORS = { errors: { json: 'No' } };

describe('proofs', () => {
  test('a request that never began was not sent', () => {
    expect(classifySend({ kind: 'not-started', cause: 'dns' })).toEqual({
      kind: 'not-sent',
      cause: 'dns',
    });
  });

  test('[row 31] 200 with an id and "success" is accepted', () => {
    expect(classifySend(answered(200, SUCCESS))).toEqual({
      kind: 'accepted',
      partooId: SUCCESS.invitation_id,
    });
    const withCharset = { contentType: 'application/json; charset=utf-8' };
    expect(classifySend(answered(200, { ...SUCCESS, more: 1 }, withCharset)).kind).toBe('accepted');
  });

  test.each([201, 202])('[row 144] %i with an id and "success" is accepted', (status) => {
    expect(classifySend(answered(status, SUCCESS))).toEqual({
      kind: 'accepted',
      partooId: SUCCESS.invitation_id,
    });
  });

  test('[row 142] a numeric id is accepted as an id', () => {
    expect(classifySend(answered(200, { ...SUCCESS, invitation_id: 7 }))).toEqual({
      kind: 'accepted',
      partooId: '7',
    });
  });

  test.each([
    { status: 'error', message: 'No' },
    { message: 'No' },
    { detail: 'No' },
    { detail: [{ message: 'No' }] },
    { type: 'about:blank', status: 400, detail: 'No' },
  ])('[row 145] %j is a refusal, and its text is shown', (body) => {
    expect(classifySend(answered(400, body))).toEqual({ kind: 'refused', status: 400, text: 'No' });
    expect(classifySend(answered(401, body))).toEqual({ kind: 'halt', scope: 'key', text: 'No' });
    expect(classifySend(answered(403, body))).toEqual({
      kind: 'halt',
      scope: 'business',
      text: 'No',
    });
  });

  test.each([402, 410, 412, 423])(
    '[row 146] %i with an error body of Partoo is refused',
    (status) => {
      const refused = { kind: 'refused', status, text: 'No' };
      expect(classifySend(answered(status, ERRORS))).toEqual(refused);
      expect(classifySend(answered(status, { message: 'No' }))).toEqual(refused);
      expect(classifySend(answered(status, '<html>')).kind).toBe('unclear');
    },
  );

  test.each([400, 404, 405, 409, 413, 415, 422])(
    '[rows 34, 39, 40, 41] %i in either error shape is refused',
    (status) => {
      const refused = { kind: 'refused', status, text: 'No' };
      expect(classifySend(answered(status, { errors: { json: 'No' } }))).toEqual(refused);
      expect(classifySend(answered(status, { error: { json: 'No' } }))).toEqual(refused);
    },
  );

  test('[rows 37, 38] 401 stops the key, 403 the business', () => {
    const noUser = { errors: { authentication: 'User not authenticated' } };
    expect(classifySend(answered(401, noUser))).toEqual({
      kind: 'halt',
      scope: 'key',
      text: 'User not authenticated',
    });
    const noRight = { errors: { authorization: 'Operation not allowed' } };
    expect(classifySend(answered(403, noRight))).toEqual({
      kind: 'halt',
      scope: 'business',
      text: 'Operation not allowed',
    });
  });

  test('[row 42] 429 pauses, whatever its body, for a minute without a Retry-After', () => {
    expect(classifySend(answered(429, '<html>'))).toEqual({ kind: 'later', pauseMs: 60_000 });
    expect(classifySend(answered(429, ERRORS, { retryAfterMs: 5_000 }))).toEqual({
      kind: 'later',
      pauseMs: 5_000,
    });
  });

  test('[row 48] an undocumented refusal is shown in its own words', () => {
    expect(classifySend(answered(400, { errors: { quota: { left: 0 } } }))).toEqual({
      kind: 'refused',
      status: 400,
      text: 'quota: left: 0',
    });
  });
});

describe('every other answer is unclear', () => {
  test.each([
    ['[row 32] 200 without an id', answered(200, { status: 'success' }), 'unknown-shape'],
    ['[row 32] an empty id', answered(200, { ...SUCCESS, invitation_id: ' ' }), 'unknown-shape'],
    ['[row 32] 0 for an id', answered(200, { ...SUCCESS, invitation_id: 0 }), 'unknown-shape'],
    ['[row 32] another status', answered(200, { ...SUCCESS, status: 'queued' }), 'unknown-shape'],
    [
      '[row 145] an error under 200',
      answered(200, { status: 'error', message: 'No' }),
      'unknown-shape',
    ],
    [
      '[row 145] a message beside a success',
      answered(400, { ...SUCCESS, message: 'No' }),
      'unknown-shape',
    ],
    ['[row 145] a message without a text', answered(400, { message: ' ' }), 'unknown-shape'],
    ['[row 20] 200 with a truncated body', answered(200, '', { body: undefined }), 'unreadable'],
    ['[row 20] 200 with half a body', answered(200, '{"invitation_id"'), 'unreadable'],
    ['[row 21] 200 as HTML', answered(200, SUCCESS, { contentType: 'text/html' }), 'web-page'],
    ['[row 21] 200 that is HTML', answered(200, '<!DOCTYPE html><p>Hello'), 'web-page'],
    ['[row 21] 200 without a type', answered(200, SUCCESS, { contentType: '' }), 'unreadable'],
    ['[row 144] 201 without an id', answered(201, { status: 'success' }), 'unknown-shape'],
    ['[row 144] 202 without a body', answered(202, ''), 'unreadable'],
    ['[row 32] 203', answered(203, SUCCESS), 'odd-status'],
    ['[row 32] 204', answered(204, ''), 'odd-status'],
    ['[row 46] 302', answered(302, ''), 'redirect'],
    ['[row 38] 401 in another shape', answered(401, '<html>'), 'web-page'],
    ['[row 38] 403 in another shape', answered(403, { reason: 'No' }), 'unknown-shape'],
    ['404 from a device on the way', answered(404, 'Not found'), 'unreadable'],
    ['400 with an array', answered(400, [{ errors: 1 }]), 'unknown-shape'],
    ['408', answered(408, ERRORS), 'odd-status'],
    ['425', answered(425, ERRORS), 'odd-status'],
    ['[row 21] 511', answered(511, '<html>'), 'server-error'],
    ['[row 43] 500 in the shape of an error', answered(500, ERRORS), 'server-error'],
  ] as const)('%s', (_name, attempt, cause) => {
    expect(classifySend(attempt)).toEqual({ kind: 'unclear', cause, notBeforeMs: 0 });
  });

  test.each(['timeout', 'reset', 'unreadable'] as const)('no answer: %s', (cause) => {
    expect(classifySend({ kind: 'unanswered', cause })).toEqual({
      kind: 'unclear',
      cause,
      notBeforeMs: 0,
    });
  });

  test('[row 45] 5xx keeps the pause that it asks for', () => {
    expect(classifySend(answered(503, ERRORS, { retryAfterMs: 90_000 }))).toEqual({
      kind: 'unclear',
      cause: 'server-error',
      notBeforeMs: 90_000,
    });
  });
});

describe('any answer', () => {
  const bodies = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.constant(JSON.stringify(SUCCESS)),
    fc
      .record(
        {
          invitation_id: fc.oneof(fc.jsonValue(), fc.constant('a')),
          status: fc.oneof(fc.jsonValue(), fc.constantFrom('success', 'error')),
          message: fc.jsonValue(),
          detail: fc.jsonValue(),
        },
        { requiredKeys: [] },
      )
      .map((body) => JSON.stringify(body)),
    fc.record({ errors: fc.jsonValue() }).map((body) => JSON.stringify(body)),
    fc.record({ error: fc.jsonValue() }).map((body) => JSON.stringify(body)),
    fc.constant(undefined),
    fc.constant('['.repeat(30_000)),
    fc.constant(`{"errors":${'['.repeat(3_000)}${']'.repeat(3_000)}}`),
  );
  const answers: fc.Arbitrary<Answered> = fc.record({
    kind: fc.constant('answered' as const),
    status: fc.oneof(
      fc.constantFrom(200, 201, 202, 204, 400, 401, 402, 403, 404, 422, 423, 429, 500),
      fc.nat(999),
    ),
    contentType: fc.oneof(
      fc.constantFrom('application/json', 'application/problem+json', 'text/html', ''),
      fc.string(),
    ),
    body: bodies,
    serverTime: fc.constant(undefined),
    retryAfterMs: fc.option(fc.nat(900_000), { nil: undefined }),
  });

  test('[rows 36, 144, 145] never throws, and each outcome has its proof', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const outcome = classifySend(answer);
        const json = (): unknown => JSON.parse(answer.body ?? '');
        switch (outcome.kind) {
          case 'not-sent':
            throw new Error('an answer proves that the request began');
          case 'accepted':
            expect([200, 201, 202]).toContain(answer.status);
            expect(json()).toMatchObject({ status: 'success' });
            expect(String(z.looseObject({}).parse(json())['invitation_id'])).toBe(outcome.partooId);
            expect(outcome.partooId.trim()).not.toBe('');
            break;
          case 'refused':
          case 'halt':
            expect([400, 401, 402, 403, 404, 405, 409, 410, 412, 413, 415, 422, 423]).toContain(
              answer.status,
            );
            expect(
              Object.keys(z.looseObject({}).parse(json())).some((key) =>
                /^(?:errors?|message|detail|status)$/.test(key),
              ),
            ).toBe(true);
            expect(outcome.text.length).toBeLessThanOrEqual(300);
            break;
          case 'later':
            expect(answer.status).toBe(429);
            break;
          case 'unclear':
            expect(outcome.notBeforeMs).toBe(answer.status >= 500 ? (answer.retryAfterMs ?? 0) : 0);
            break;
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('[row 36] `json` as a string, an object, an array or null is unclear', () => {
    fc.assert(
      fc.property(fc.constantFrom('errors', 'error'), fc.jsonValue(), (key, json) => {
        const outcome = classifySend(answered(400, { [key]: { json } }));
        expect(outcome).toMatchObject({ kind: 'refused', status: 400 });
      }),
    );
  });
});
