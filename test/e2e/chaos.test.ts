import { test } from 'vitest';
import { createChaos, MOST_REQUESTS_PER_SMS } from '../chaos/chaos.ts';
import { expect } from '../support/expect.ts';
import { anInstallation } from './open-installation.ts';
import { keepOnDisk } from '../support/on-disk.ts';

keepOnDisk();

test('killed repeatedly during sends: no double SMS, nothing lost (rows 3, 4, 5)', async () => {
  const installation = await anInstallation({ settings: { requestsPerMinute: 300 } });
  const report = await createChaos(installation, {
    kills: 8,
    seed: 20_261_124,
    settle: 'proved',
    say: () => {},
  });
  expect(report).toMatchObject({ kills: 8, doubles: 0, lost: 0 });
  expect(report.hits).toBeGreaterThan(0);
  expect(report.sms).toBeGreaterThan(8);
  expect(report.requestsPerSms).toBeLessThanOrEqual(MOST_REQUESTS_PER_SMS);
});
