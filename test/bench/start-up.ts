import { openReception } from '../support/reception.ts';
import { bareWindow, watchApplication, type Application, type Watched } from './applications.ts';
import { ratioLine, valueLine, type Line } from './line.ts';
import type { Logs } from './logs.ts';

const ROWS = 100_000;
/** Everything that is loaded on idle is loaded by then. */
const SETTLE_MS = 6_000;

/** Start, memory and rest of the application beside a bare window, with a log of 100,000 invitations. */
export async function measureApplication(
  logs: Logs,
  runs: number,
  idleMs: number,
  say: (line: string) => void,
): Promise<readonly Line[]> {
  const reception = await openReception({ settings: { retentionDays: 3_650 } });
  try {
    await logs.putInto(reception.dataFolder, ROWS);
    const deskbell: Application = async () => ({
      run: reception.runWith({}),
      leave: async () => {},
    });
    const pairs: { readonly ours: Watched; readonly limit: Watched }[] = [];
    // The first of each warms the disk's cache and is not counted.
    for (let run = 0; run <= runs; run += 1) {
      const limit = await watchApplication(bareWindow, { settleMs: SETTLE_MS, idleMs: 0 });
      const ours = await watchApplication(deskbell, { settleMs: SETTLE_MS, idleMs: 0 });
      say(
        `start ${ours.typedMs} : ${limit.typedMs} ms, memory ${ours.memoryMb.toFixed(0)} : ${limit.memoryMb.toFixed(0)} MB`,
      );
      if (run > 0) pairs.push({ ours, limit });
    }
    const idle = await watchApplication(deskbell, { settleMs: 15_000, idleMs });
    return [
      ratioLine({
        what: 'process start → typing shows, 100,000 rows',
        unit: 'ms',
        limit: 'a bare window',
        pairs: pairs.map(({ ours, limit }) => ({ ours: ours.typedMs, limit: limit.typedMs })),
        goal: 1.15,
      }),
      ratioLine({
        what: 'memory of all processes, idle on Invite, 100,000 rows',
        unit: 'MB',
        limit: 'a bare window',
        pairs: pairs.map(({ ours, limit }) => ({ ours: ours.memoryMb, limit: limit.memoryMb })),
        goal: 1.06,
      }),
      valueLine({
        what: `idle for ${idleMs / 1000} s, nothing waiting`,
        unit: '% of one core',
        ours: idle.idleShare * 100,
        goal: 0.3,
      }),
    ];
  } finally {
    await reception.close();
  }
}
