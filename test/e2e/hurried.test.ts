import { test } from 'vitest';
import { runHurriedSteps, HURRIED_SETTINGS } from '../hurried/hurried.ts';
import { expect } from '../support/expect.ts';
import { anInstallation } from './open-installation.ts';

test('[row 241] hurried use of the form: every sent invitation was shown as saved, and nothing typed is lost', async () => {
  const installation = await anInstallation({ settings: HURRIED_SETTINGS });
  const report = await runHurriedSteps(installation, {
    steps: 80,
    seed: 20_261_130,
    say: () => {},
  });
  expect(report.broken).toEqual([]);
  expect(report.saved).toBeGreaterThan(5);
  expect(report.sms).toBeGreaterThan(0);
});
