import { parseArgs } from 'node:util';
import { openInstallation } from '../support/installation.ts';
import { createChaos, MOST_REQUESTS_PER_SMS } from './chaos.ts';

// npm run chaos -- --kills 500 [--seed 1] [--quick]
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    quick: { type: 'boolean', default: false },
  },
});
const kills = Number(values.kills);
const seed = Number(values.seed);
const say = (line: string) => void process.stdout.write(`${line}\n`);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  throw new Error('--kills and --seed must be whole numbers, and at least one kill');
}

say(`Killing Deskbell ${kills} times while it sends; seed ${seed}.`);
const installation = await openInstallation({ settings: { requestsPerMinute: 300 } });
try {
  const settle = values.quick ? 'proved' : 'all';
  const report = await createChaos(installation, { kills, seed, settle, say });
  for (const [name, number] of Object.entries(report)) say(`${name.padEnd(16)}${number}`);
  const isGood =
    report.doubles === 0 &&
    report.lost === 0 &&
    report.hits > 0 &&
    report.requestsPerSms <= MOST_REQUESTS_PER_SMS;
  say(isGood ? 'Nobody got two SMS, and nothing is lost.' : 'This must not happen.');
  process.exitCode = isGood ? 0 : 1;
} finally {
  await installation.close();
}
