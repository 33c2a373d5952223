import { Worker } from 'node:worker_threads';
import { copyCheckSchema, type CheckCopy } from '../store/file/check-copy.ts';

/** Creates a check of copies in a worker thread that runs this script, so that the main process is not blocked. */
export function checkInWorker(script: string): CheckCopy {
  return (path, signal) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(script, { workerData: path });
      worker.once('message', (answer: unknown) => resolve(copyCheckSchema.parse(answer)));
      worker.once('error', reject);
      const stop = (): void => void worker.terminate();
      signal?.addEventListener('abort', stop, { once: true });
      if (signal?.aborted === true) stop();
      worker.once('exit', () => {
        signal?.removeEventListener('abort', stop);
        // Not earlier: a process that exits while the thread is inside SQLite ends with a crash.
        if (signal?.aborted === true) resolve({ kind: 'failed', code: 'STOPPED' });
        else reject(new Error('The backup check ended without a result'));
      });
    });
}
