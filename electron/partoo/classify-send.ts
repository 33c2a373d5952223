import * as z from 'zod/mini';
import type { Outcome, RefusedStatus, UnclearCause } from '../../shared/attempt.ts';
import type { HttpResult } from './http-result.ts';
import { readErrorText } from './error-text.ts';
import { parseJson, whyUnknown } from './parse-answer.ts';
import { DEFAULT_PAUSE_MS } from './retry-after.ts';

/** The proof that Partoo accepted an invitation: an id and the one word from Partoo's documentation. */
const acceptance = z.object({
  invitation_id: z.union([z.string().check(z.regex(/\S/)), z.int().check(z.positive())]),
  status: z.literal('success'),
});

/** Partoo's documentation names only 200; 201 and 202 say the same of something created or in progress. */
const ACCEPTED_STATUSES: ReadonlySet<number> = new Set([200, 201, 202]);

const REFUSED_STATUSES: ReadonlySet<number> = new Set<RefusedStatus>([
  400, 402, 404, 405, 409, 410, 412, 413, 415, 422, 423,
]);

/**
 * Classifies one send attempt by what is KNOWN afterwards. Pure; never throws, whatever the answer.
 *
 * Not sent, accepted, refused, halt and later are proved. Everything unproved is unclear, including a refusing status
 * whose body is not Partoo's: a device in between can answer in its place.
 */
export const classifySend = (attempt: HttpResult): Outcome => {
  switch (attempt.kind) {
    case 'not-started':
      return { kind: 'not-sent', cause: attempt.cause };
    case 'unanswered':
      return { kind: 'unclear', cause: attempt.cause, notBeforeMs: 0 };
    case 'answered':
      return classifyAnswer(attempt);
  }
};

const classifyAnswer = (answer: Extract<HttpResult, { kind: 'answered' }>): Outcome => {
  const { status, retryAfterMs } = answer;
  if (status === 429) return { kind: 'later', pauseMs: retryAfterMs ?? DEFAULT_PAUSE_MS };
  if (status >= 500) {
    return { kind: 'unclear', cause: 'server-error', notBeforeMs: retryAfterMs ?? 0 };
  }
  if (status >= 300 && status < 400) return unclear('redirect');

  const json = parseJson(answer.contentType, answer.body);
  const why = whyUnknown(answer.contentType, answer.body);
  if (ACCEPTED_STATUSES.has(status)) {
    const proof = acceptance.safeParse(json);
    return proof.success
      ? { kind: 'accepted', partooId: String(proof.data.invitation_id) }
      : unclear(why);
  }
  const text = readErrorText(json);
  if (status === 401 || status === 403) {
    if (text === undefined) return unclear(why);
    return { kind: 'halt', scope: status === 401 ? 'key' : 'business', text };
  }
  if (!isRefusedStatus(status)) return unclear('odd-status');
  return text === undefined ? unclear(why) : { kind: 'refused', status, text };
};

const isRefusedStatus = (status: number): status is RefusedStatus => REFUSED_STATUSES.has(status);

const unclear = (cause: UnclearCause): Outcome => ({
  kind: 'unclear',
  cause,
  notBeforeMs: 0,
});
