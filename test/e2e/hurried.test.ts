import { test } from 'vitest';
import { createHurried, HURRIED_SETTINGS } from '../hurried/hurried.ts';
import { expect } from '../support/expect.ts';
import { aReception } from './open-test-app.ts';

test('[row 241] hurried use of the form: every sent invitation was shown as saved, and nothing typed is lost', async () => {
  const reception = await aReception({ settings: HURRIED_SETTINGS });
  const report = await createHurried(reception, { steps: 80, seed: 20_261_130, say: () => {} });
  expect(report.broken).toEqual([]);
  expect(report.saved).toBeGreaterThan(5);
  expect(report.sms).toBeGreaterThan(0);
});
