import { parseArgs } from 'node:util';
import { openInstallation } from '../support/installation.ts';
import { createChaos, MOST_REQUESTS_PER_SMS } from './chaos.ts';
import { MEANINGS } from './site-breaches.ts';
import { createSiteChaos } from './site-chaos.ts';

// npm run chaos -- --kills 500 [--seed 1] [--quick]
// npm run chaos -- --site [--desks 50] [--kills 20] [--seconds 300] [--two-steps] [--seed 1]
const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    quick: { type: 'boolean', default: false },
    site: { type: 'boolean', default: false },
    desks: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '300' },
    'two-steps': { type: 'boolean', default: false },
  },
});
const kills = wholeNumber('--kills', values.kills ?? (values.site ? '20' : '50'), 1);
const seed = wholeNumber('--seed', values.seed, 0);
const say = (line: string) => void process.stdout.write(`${line}\n`);
const isGood = await (values.site ? playSite() : playDesk());
// What has died in this process leaves sockets behind, which would keep it alive.
process.exit(isGood ? 0 : 1);

/** Kills one desk while it sends; resolves to whether all promises were kept. */
async function playDesk(): Promise<boolean> {
  say(`Killing Deskbell ${kills} times while it sends; seed ${seed}.`);
  const installation = await openInstallation({ settings: { requestsPerMinute: 300 } });
  try {
    const settle = values.quick ? 'proved' : 'all';
    const report = await createChaos(installation, { kills, seed, settle, say });
    for (const [name, number] of Object.entries(report)) say(`${name.padEnd(16)}${number}`);
    const isKept =
      report.doubles === 0 &&
      report.lost === 0 &&
      report.hits > 0 &&
      report.requestsPerSms <= MOST_REQUESTS_PER_SMS;
    say(isKept ? 'Nobody got two SMS, and nothing is lost.' : 'This must not happen.');
    return isKept;
  } finally {
    await installation.close();
  }
}

/** Lets everything fail at many desks that share one site database; resolves to whether all promises were kept. */
async function playSite(): Promise<boolean> {
  const desks = wholeNumber('--desks', values.desks, 1);
  const seconds = wholeNumber('--seconds', values.seconds, 1);
  const partoo = values['two-steps'] ? 'two-steps' : 'one-step';
  say(`Killing PostgreSQL ${kills} times under ${desks} desks; Partoo in ${partoo}; seed ${seed}.`);
  const { counts, breaches } = await createSiteChaos({ desks, kills, seconds, partoo, seed, say });
  for (const { kind, about } of breaches) say(`${kind}: ${MEANINGS[kind]}: ${about}`);
  say(
    Object.entries(counts)
      .map(([name, number]) => `${name} ${number}`)
      .join(' · '),
  );
  return breaches.length === 0;
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || text === '')
    throw new Error(`${name} must be a whole number, at least ${least}`);
  return number;
}
