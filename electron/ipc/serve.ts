import type { IpcMain, IpcMainInvokeEvent } from 'electron/main';
import type { StorageTrouble } from '../../shared/connection.ts';
import { CALLS, type CallName } from '../../shared/ipc/bridge.ts';
import { contract, type Failure, type Input, type Reply } from '../../shared/ipc/contract.ts';

/** One function per call of the contract; a missing one does not compile. */
export type Handlers = {
  readonly [N in CallName]: (input: Input<N>) => Promise<Reply<N>> | Reply<N>;
};

export type StorageFailure = { readonly kind: 'storage'; readonly why: StorageTrouble };

export type ServeParts = {
  readonly ipc: Pick<IpcMain, 'handle'>;
  /** Called on each call, because the desk may still be loading when the page asks. */
  readonly handlers: () => Promise<Handlers>;
  readonly isTrusted: (event: Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>) => boolean;
  /** Writes a bug down and returns the short reference that staff can quote. */
  readonly reportBug: (error: unknown) => string;
  /** Storage trouble as a failure; undefined when the error is a bug. */
  readonly asFailure: (error: unknown) => Promise<StorageFailure | undefined>;
};

/** The largest message a page may send, as JSON text. A filled form is well under a tenth of it. */
const LONGEST_INPUT = 64 * 1024;
/** Settings may hold 5,000 businesses with long names. */
const LONGEST_SETTINGS = 4 * 1024 * 1024;

/**
 * Answers the page's calls: trust the sender, parse the input, run, parse the output, reply. Nothing is thrown across
 * IPC, and no handler can forget a check, because only this file knows `ipcMain`.
 */
export function serve(parts: ServeParts): void {
  for (const name of CALLS) {
    parts.ipc.handle(name, async (event, input: unknown) => {
      try {
        // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages
        if (!parts.isTrusted(event)) throw new Error(`call ${name} from a foreign frame`);
        return await answer(await parts.handlers(), name, input);
      } catch (error) {
        return { ok: false, failure: await explain(parts, error) };
      }
    });
  }
}

async function answer(handlers: Handlers, name: CallName, input: unknown): Promise<unknown> {
  const { input: inputSchema, output, failure } = contract[name];
  const longest = name === 'settings.save' ? LONGEST_SETTINGS : LONGEST_INPUT;
  if (sizeOf(input) > longest) throw new Error(`call ${name} with an oversized input`);
  const parsed = inputSchema.safeParse(input);
  if (!parsed.success) throw new Error(`call ${name} with a malformed input`);
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
    // Cyclic or with a BigInt: structured clone lets it through, the contract never asks for it.
    return Number.POSITIVE_INFINITY;
  }
}

async function explain(parts: ServeParts, error: unknown): Promise<Failure<CallName>> {
  // When even that cannot be told, the first error says more than the second.
  const failure = await parts.asFailure(error).catch(() => undefined);
  return failure ?? { kind: 'bug', reference: parts.reportBug(error) };
}
