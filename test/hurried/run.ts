import { parseArgs } from 'node:util';
import { openInstallation } from '../support/installation.ts';
import { runHurriedSteps, HURRIED_SETTINGS } from './hurried.ts';

// npm run hurried -- --steps 2000 [--seed 1]
const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
});
const steps = Number(values.steps);
const seed = Number(values.seed);
const say = (line: string) => void process.stdout.write(`${line}\n`);
if (!Number.isInteger(steps) || steps < 1 || !Number.isInteger(seed)) {
  throw new Error('--steps and --seed must be whole numbers, and at least one step');
}

say(`Taking ${steps} hurried steps at the form; seed ${seed}.`);
const installation = await openInstallation({ settings: HURRIED_SETTINGS });
try {
  const { broken, ...report } = await runHurriedSteps(installation, { steps, seed, say });
  for (const [name, number] of Object.entries(report)) say(`${name.padEnd(8)}${number}`);
  for (const fault of broken) say(fault);
  say(
    broken.length === 0
      ? 'Every saved invitation was shown, and nothing was lost.'
      : 'This must not happen.',
  );
  process.exitCode = broken.length === 0 && report.sms > 0 ? 0 : 1;
} finally {
  await installation.close();
}
