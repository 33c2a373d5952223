import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod/mini';
import { checkCopy } from '../store/file/check-copy.ts';

// A thread of its own for one check: it reads the whole copy, which takes seconds for a million invitations.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(checkCopy(z.string().parse(workerData)));
