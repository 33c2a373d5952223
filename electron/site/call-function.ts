import { ANSWERS, type AnswerOf, type AnswerParser, type FunctionName } from './answers.ts';
import type { SiteConnection } from './connect.ts';
import type { SiteFault } from './connection-fault.ts';

/** The answer of a function, or why there is none: then nothing is known about what the database did. */
export type SiteReply<Name extends FunctionName> =
  | { readonly kind: 'answer'; readonly answer: AnswerOf<Name> }
  | { readonly kind: 'no-answer'; readonly fault: SiteFault };

/** Calls one function of deskbell_v1 on a connection. */
export async function callFunction<Name extends FunctionName>(
  connection: SiteConnection,
  name: Name,
  values: readonly unknown[],
  withinMs: number,
): Promise<SiteReply<Name>> {
  const places = values.map((_, at) => `$${at + 1}`).join(', ');
  const result = await connection.query(
    `select deskbell_v1.${name}(${places}) as answer`,
    values,
    withinMs,
  );
  if (result.kind === 'failed') return { kind: 'no-answer', fault: result.fault };
  const parser: AnswerParser<AnswerOf<Name>> = ANSWERS[name];
  const parsed = parser.safeParse(Reflect.get(Object(result.rows[0]), 'answer'));
  if (!parsed.success) return { kind: 'no-answer', fault: 'unreadable' };
  return { kind: 'answer', answer: parsed.data };
}
