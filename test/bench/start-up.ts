import { openInstallation } from '../support/installation.ts';
import { bareWindow, watchApplication, type Application, type Watched } from './applications.ts';
import { ratioLine, valueLine, type Line } from './line.ts';
import type { Databases } from './databases.ts';

const ROWS = 100_000;
/** By then everything that loads on idle is loaded. */
const SETTLE_MS = 6_000;
/** By then the one-time work after a start is done. */
const REST_MS = 15_000;

/** Start, memory and idle use of the application against a bare window, with a database of 100,000 invitations. */
export async function measureApplication(
  databases: Databases,
  runs: number,
  idleMs: number,
  say: (line: string) => void,
): Promise<readonly Line[]> {
  const installation = await openInstallation({ settings: { retentionDays: 3_650 } });
  try {
    await databases.putInto(installation.dataFolder, ROWS);
    const deskbell: Application = async () => ({
      run: installation.runWith({}),
      leave: async () => {},
    });
    const pairs: { readonly ours: Watched; readonly limit: Watched }[] = [];
    // The first start of each warms the disk cache and is not counted.
    for (let run = 0; run <= runs; run += 1) {
      const limit = await watchApplication(bareWindow, { settleMs: SETTLE_MS, idleMs: 0 });
      const ours = await watchApplication(deskbell, { settleMs: SETTLE_MS, idleMs: 0 });
      say(
        `start ${ours.typedMs} : ${limit.typedMs} ms, memory ${ours.memoryMb.toFixed(0)} : ${limit.memoryMb.toFixed(0)} MB`,
      );
      if (run > 0) pairs.push({ ours, limit });
    }
    const idle = {
      limit: await watchApplication(bareWindow, { settleMs: REST_MS, idleMs }),
      ours: await watchApplication(deskbell, { settleMs: REST_MS, idleMs }),
    };
    const seconds = `${idleMs / 1000} s`;
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
      ratioLine({
        what: `the same, ${seconds} later`,
        unit: 'MB',
        limit: 'a bare window',
        pairs: [{ ours: idle.ours.memoryMb, limit: idle.limit.memoryMb }],
        goal: null,
      }),
      valueLine({
        what: `idle for ${seconds}, nothing waiting: beyond a bare window`,
        unit: '% of one core',
        ours: Math.max(0, idle.ours.idleShare - idle.limit.idleShare) * 100,
        goal: 0.3,
      }),
      valueLine({
        what: `the bare window, idle for ${seconds}: its caret blinks`,
        unit: '% of one core',
        ours: idle.limit.idleShare * 100,
        goal: null,
      }),
    ];
  } finally {
    await installation.close();
  }
}
