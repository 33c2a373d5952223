import { formatSecret, makeSecret } from '../../electron/site/site-keys.ts';
import { openInstallation, type Installation } from '../support/installation.ts';
import {
  createSiteDatabase,
  DESK_PASSWORD,
  type TestSiteDatabase,
} from '../support/postgres/site-database.ts';
import { watchApplication, type Application, type Watched } from './applications.ts';
import type { Databases } from './databases.ts';
import { ratioLine, valueLine, type Line } from './line.ts';
import { median, noise } from './statistics.ts';

const ROWS = 100_000;
/** By then a joined desk has loaded its client and said hello, and everything that loads on idle is loaded. */
const SETTLE_MS = 10_000;

/** Start, memory and idle use of a joined desk, beside the same desk alone. */
export async function measureJoinedStart(
  databases: Databases,
  runs: number,
  idleMs: number,
  say: (line: string) => void,
): Promise<readonly Line[]> {
  const db = await createSiteDatabase();
  const url = `postgresql://deskbell_desk@127.0.0.1:${db.server.port}/${db.name}`;
  const alone = await openInstallation({ settings: { retentionDays: 3_650 } });
  const joined = await openInstallation({
    settings: { retentionDays: 3_650, siteDatabase: { url } },
  });
  try {
    // The organisation's retention counts too: it would purge the older rows of the joined desk only.
    await db.admin.query('select deskbell_admin.configure(retention_days => 3650)');
    await join(db, joined);
    await databases.putInto(alone.dataFolder, ROWS);
    await databases.putInto(joined.dataFolder, ROWS);
    const pairs: { readonly ours: Watched; readonly limit: Watched }[] = [];
    // The first start of each warms the disk cache, and the joined desk pushes its SMS of the last ten days.
    for (let run = 0; run <= runs; run += 1) {
      const limit = await watchApplication(asApplication(alone), { settleMs: SETTLE_MS, idleMs });
      const ours = await watchApplication(asApplication(joined), { settleMs: SETTLE_MS, idleMs });
      say(
        `joined : alone, start ${ours.typedMs} : ${limit.typedMs} ms, memory ${ours.memoryMb.toFixed(1)} : ${limit.memoryMb.toFixed(1)} MB`,
      );
      if (run > 0) pairs.push({ ours, limit });
    }
    const memory = pairs.map(({ ours, limit }) => ours.memoryMb - limit.memoryMb);
    const idle = pairs.map(({ ours, limit }) => (ours.idleShare - limit.idleShare) * 100);
    return [
      ratioLine({
        what: 'process start → typing shows, 100,000 rows, at a joined desk',
        unit: 'ms',
        limit: 'the same desk alone',
        pairs: pairs.map(({ ours, limit }) => ({ ours: ours.typedMs, limit: limit.typedMs })),
        goal: 1.02,
      }),
      valueLine({
        what: 'memory of all processes, joined beyond alone',
        unit: 'MB',
        ours: median(memory),
        noise: noise(memory),
        goal: 4,
      }),
      valueLine({
        what: `idle for ${idleMs / 1_000} s, joined beyond alone`,
        unit: '% of one core',
        ours: median(idle),
        noise: noise(idle),
        goal: 0.05,
      }),
    ];
  } finally {
    await joined.run({ switches: ['--leave-site-database'] });
    await alone.close();
    await joined.close();
    await db.close();
  }
}

const asApplication =
  (installation: Installation): Application =>
  async () => ({ run: installation.runWith({}), leave: async () => {} });

async function join(db: TestSiteDatabase, installation: Installation): Promise<void> {
  const { rows } = await db.admin.query<{ code: string }>(
    "select deskbell_admin.new_enrolment('lille', 'Lille centre') as code",
  );
  const input = [DESK_PASSWORD, formatSecret(makeSecret()), rows[0]?.code].join('\n');
  const ended = await installation.run({ switches: ['--join-site-database'] }, input);
  if (ended.code !== 0) throw new Error(`The desk did not join:\n${ended.output}`);
}
