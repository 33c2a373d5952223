import * as z from 'zod/mini';
import type { PartooAnswer, Me } from '../outbox/partoo-port.ts';
import { mapAnswer, parseAnswer } from './parse-answer.ts';
import type { HttpResult } from './http-result.ts';
import type { SendPartooRequest } from './request.ts';

const meSchema = z.object({
  id: z.union([z.string(), z.number()]),
  first_name: z.optional(z.unknown()),
  last_name: z.optional(z.unknown()),
  role: z.optional(z.unknown()),
});

/**
 * Reads the owner of the key, which proves that Partoo accepts it. Fields that Partoo omits are empty: a bot may have
 * no name.
 */
export const checkKey = async (perform: SendPartooRequest): Promise<PartooAnswer<Me>> =>
  mapAnswer(parseAnswer(await askMe(perform), meSchema), (me) => ({
    id: String(me.id),
    name: [me.first_name, me.last_name]
      .map(textOf)
      .filter((part) => part !== '')
      .join(' '),
    role: textOf(me.role),
  }));

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Probes whether Partoo itself answers, even with a refusal: that proves name, route and certificate, and that no
 * portal is in between. A key may have fewer rights than its user, so 403 here can come for a key that may send; only
 * 401 means a refused key. Reports a refused key, a rate limit and a server error, because nothing may be sent under
 * them.
 */
export const checkReachable = async (
  perform: SendPartooRequest,
): Promise<PartooAnswer<'reachable'>> => {
  const attempt = await askMe(perform);
  const answer = mapAnswer(parseAnswer(attempt, z.looseObject({})), () => 'reachable' as const);
  if (answer.ok) return answer;
  const isRefusal = answer.trouble.kind === 'no-access' || answer.trouble.kind === 'refused';
  return isRefusal ? { ok: true, value: 'reachable', serverTime: answer.serverTime } : answer;
};

const askMe = (perform: SendPartooRequest): Promise<HttpResult> =>
  perform({ method: 'GET', path: '/user/me', query: {} });
