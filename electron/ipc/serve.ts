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
  /** Called on each call, because the desk session may still be loading. */
  readonly handlers: () => Promise<Handlers>;
  readonly isTrusted: (event: Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>) => boolean;
  /** Logs a bug and returns the short reference that staff can quote. */
  readonly reportBug: (error: unknown) => string;
  /** Returns storage trouble as a failure; undefined when the error is a bug. */
  readonly asFailure: (error: unknown) => Promise<StorageFailure | undefined>;
};

/**
 * Answers the page's calls: checks the sender, parses the input, runs the handler, parses the output, replies. Nothing
 * is thrown across IPC, and no handler can skip a check, because only this file uses `ipcMain`.
 */
export function serve(parts: ServeParts): void {
  for (const name of CALLS) {
    parts.ipc.handle(name, async (event, input: unknown) => {
      try {
        // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages
        if (!parts.isTrusted(event)) throw new Error(`call ${name} from a foreign frame`);
        const handlers = await parts.handlers();
        // The contract's schemas load with the desk session, after the page's first paint.
        const { answer } = await import('./answer.ts');
        return await answer(handlers, name, input);
      } catch (error) {
        return { ok: false, failure: await explain(parts, error) };
      }
    });
  }
}

async function explain(parts: ServeParts, error: unknown): Promise<Failure<CallName>> {
  // If that fails too, report the first error: it says more.
  const failure = await parts.asFailure(error).catch(() => undefined);
  return failure ?? { kind: 'bug', reference: parts.reportBug(error) };
}
