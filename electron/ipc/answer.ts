import type { CallName } from '../../shared/ipc/bridge.ts';
import { contract, type Reply } from '../../shared/ipc/contract.ts';
import { areNumbersCanonical } from './canonical-numbers.ts';
import type { Handlers } from './serve.ts';

/** The largest message that a page may send, as JSON text. A filled form is well under a tenth of this. */
const LONGEST_INPUT = 64 * 1024;
/** Room for 5,000 businesses with long names. */
const LONGEST_SETTINGS = 4 * 1024 * 1024;

/** Answers one call of the page. Throws when the input or the reply violates the contract. */
export async function answer(handlers: Handlers, name: CallName, input: unknown): Promise<unknown> {
  const { input: inputSchema, output, failure } = contract[name];
  const longest = name === 'settings.save' ? LONGEST_SETTINGS : LONGEST_INPUT;
  if (sizeOf(input) > longest) throw new Error(`call ${name} with an oversized input`);
  const parsed = inputSchema.safeParse(input);
  if (!parsed.success) throw new Error(`call ${name} with a malformed input`);
  if (!(await areNumbersCanonical(name, parsed.data)))
    throw new Error(`call ${name} with a number in another spelling than its own`);
  // oxlint-disable-next-line typescript/consistent-type-assertions -- name ties input and handler; a union loses it
  const handler = handlers[name] as (value: unknown) => Promise<Reply<CallName>>;
  const reply = await handler(parsed.data);
  return reply.ok
    ? { ok: true, value: output.parse(reply.value) }
    : { ok: false, failure: failure.parse(reply.failure) };
}

function sizeOf(input: unknown): number {
  try {
    return JSON.stringify(input)?.length ?? 0;
  } catch {
    // Cyclic or with a BigInt: structured clone accepts it, the contract never does.
    return Number.POSITIVE_INFINITY;
  }
}
