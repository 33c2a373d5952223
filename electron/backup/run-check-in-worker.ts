import { Worker } from 'node:worker_threads';
import { SECOND_MS } from '../../shared/time.ts';
import { copyCheckSchema, type CheckCopy, type CopyCheck } from '../store/file/check-copy.ts';

const STOPPED: CopyCheck = { kind: 'failed', code: 'STOPPED' };

/** How long Deskbell waits at its end for a check, which takes milliseconds for a usual desk and a minute for a million invitations. */
const PATIENCE_MS = 3 * SECOND_MS;

/**
 * Creates a check of copies in a worker thread that runs this script, so that the main process is not blocked. A check ends with its
 * thread, also one that is aborted: a thread that is terminated inside SQLite, or that runs while the process exits, can end the whole
 * process with a crash.
 */
export function runCheckInWorker(script: string, patienceMs = PATIENCE_MS): CheckCopy {
  return (path, signal) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(script, { workerData: path });
      let answer: CopyCheck | undefined;
      let patience: NodeJS.Timeout | undefined;
      const stop = (): void => {
        patience = setTimeout(() => resolve(STOPPED), patienceMs);
      };
      worker.once('message', (found: unknown) => {
        answer = copyCheckSchema.parse(found);
      });
      worker.once('error', reject);
      signal?.addEventListener('abort', stop, { once: true });
      if (signal?.aborted === true) stop();
      worker.once('exit', () => {
        signal?.removeEventListener('abort', stop);
        clearTimeout(patience);
        if (signal?.aborted === true) resolve(STOPPED);
        else if (answer !== undefined) resolve(answer);
        else reject(new Error('The backup check ended without a result'));
      });
    });
}
