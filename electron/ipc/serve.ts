import type { IpcMain, IpcMainInvokeEvent } from 'electron/main';
import type { StorageTrouble } from '../../shared/connection.ts';
import { CALLS, type CallName } from '../../shared/ipc/bridge.ts';
import type { Failure, Input, Reply } from '../../shared/ipc/contract.ts';

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
        const handlers = await parts.handlers();
        // The contract's schemas are loaded with the desk, behind the page's first paint.
        const { answer } = await import('./answer.ts');
        return await answer(handlers, name, input);
      } catch (error) {
        return { ok: false, failure: await explain(parts, error) };
      }
    });
  }
}

async function explain(parts: ServeParts, error: unknown): Promise<Failure<CallName>> {
  // When even that cannot be told, the first error says more than the second.
  const failure = await parts.asFailure(error).catch(() => undefined);
  return failure ?? { kind: 'bug', reference: parts.reportBug(error) };
}
