import { mkdir, writeFile } from 'node:fs/promises';
import { inspect, parseArgs } from 'node:util';
import { measureExport } from './export.ts';
import { measureFlushing } from './flushing.ts';
import { measureHistory } from './history.ts';
import { formatTable, isMissed, type Line } from './line.ts';
import { openDatabases } from './databases.ts';
import { measureJoined } from './joined.ts';
import { measureJoinedStart } from './joined-start.ts';
import { measureRequests } from './requests.ts';
import { measureSaving } from './saving.ts';
import { measureSoak } from './soak.ts';
import { measureApplication } from './start-up.ts';
import { measureTyping } from './typing.ts';

// npm run bench [-- --only start,typing] [--runs 7] [--idle 60] [--soak 20000]
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    runs: { type: 'string', default: '7' },
    idle: { type: 'string', default: '60' },
    soak: { type: 'string', default: '20000' },
  },
});
const runs = Number(values.runs);
const idleMs = Number(values.idle) * 1_000;
const say = (line: string) => void process.stderr.write(`${line}\n`);
const databases = await openDatabases(say);

const MEASURES = {
  start: () => measureApplication(databases, runs, idleMs, say),
  typing: () => measureTyping(databases, runs * 10, say),
  saving: () => measureSaving(databases, runs),
  flushing: () => measureFlushing(runs),
  requests: measureRequests,
  joined: () => measureJoined(runs),
  joinedStart: () => measureJoinedStart(databases, runs, idleMs / 4, say),
  history: () => measureHistory(databases, runs, say),
  export: () => measureExport(databases, Math.ceil(runs / 2), say),
  soak: () => measureSoak(Number(values.soak), say),
} as const satisfies Record<string, () => Promise<readonly Line[]>>;

const wanted = values.only === '' ? Object.keys(MEASURES) : values.only.split(',');
const lines: Line[] = [];
let failed = false;
try {
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (!wanted.includes(name)) continue;
    say(`— ${name}`);
    try {
      lines.push(...(await measure()));
    } catch (error) {
      // The earlier measurements took long, and are printed anyway.
      failed = true;
      say(inspect(error));
    }
  }
} finally {
  await databases.close();
}
process.stdout.write(`${formatTable(lines)}\n`);
await mkdir('out', { recursive: true });
await writeFile('out/bench.json', `${JSON.stringify(lines, null, 2)}\n`);
process.exitCode = failed || lines.some(isMissed) ? 1 : 0;
