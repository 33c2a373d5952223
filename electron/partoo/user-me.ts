import * as z from 'zod/mini';
import type { Answer, Me } from '../outbox/partoo-port.ts';
import { mapAnswer, readAnswer } from './answer.ts';
import type { Attempt } from './attempt.ts';
import { readErrorText } from './error-text.ts';
import { parseJson } from './json.ts';
import type { Perform } from './request.ts';

const meSchema = z.object({
  id: z.union([z.string(), z.number()]),
  first_name: z.nullish(z.string()),
  last_name: z.nullish(z.string()),
  role: z.nullish(z.string()),
});

/** Whose key it is: proof that Partoo accepts it. Parts that Partoo leaves out are empty. */
export const checkKey = async (perform: Perform): Promise<Answer<Me>> =>
  mapAnswer(readAnswer(await askMe(perform), meSchema), (me) => ({
    id: String(me.id),
    name: [me.first_name, me.last_name].filter((part) => Boolean(part)).join(' '),
    role: me.role ?? '',
  }));

/**
 * Whether it is Partoo that answers, be it with an error: that proves name, route and certificate, and that no portal
 * is in between. A refused key and a limit are told, because nothing can be sent under either.
 */
export const checkReachable = async (perform: Perform): Promise<Answer<'reachable'>> => {
  const attempt = await askMe(perform);
  const answer = mapAnswer(readAnswer(attempt, z.looseObject({})), () => 'reachable' as const);
  if (answer.ok || !isPartooError(attempt)) return answer;
  const { kind } = answer.trouble;
  return kind === 'key-refused' || kind === 'busy'
    ? answer
    : { ok: true, value: 'reachable', serverTime: answer.serverTime };
};

const askMe = (perform: Perform): Promise<Attempt> =>
  perform({ method: 'GET', path: '/user/me', query: {} });

const isPartooError = (attempt: Attempt): boolean =>
  attempt.kind === 'answered' &&
  attempt.status >= 400 &&
  readErrorText(parseJson(attempt.contentType, attempt.body)) !== undefined;
