import { Worker } from 'node:worker_threads';
import { copyCheckSchema, type CheckCopy } from './store/check-copy.ts';

/** Checks copies in a thread, which runs this script; the main process goes on meanwhile. */
export function checkInThread(script: string): CheckCopy {
  return (path) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(script, { workerData: path });
      worker.once('message', (answer: unknown) => resolve(copyCheckSchema.parse(answer)));
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('The check of a backup ended without an answer')));
    });
}
