import { test } from 'vitest';
import * as z from 'zod/mini';
import { systemClock } from '../../electron/os/system-clock.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { expect } from '../support/expect.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

/** Shown as three hours, whatever the seconds of an answer. */
const THREE_HOURS_MS = 3 * HOUR_MS + 5 * MINUTE_MS;

test('on a PC that is hours ahead the screen uses the corrected time (row 74)', async () => {
  const clock = { ...systemClock, now: () => systemClock.now() - THREE_HOURS_MS };
  const installation = await anInstallation({ clock });
  const app = await installation.open();
  await expect(app.connection).toContainText('This PC’s clock is 3 hours fast.');
  await invite(app, '06 39 98 00 12', 'Marie Dupont');
  await expect(app.result).toContainText(/accepted/i);
  await app.phone.fill('06 39 98 00 12');
  await expect(app.verdict).toContainText(/just now|\b\d minutes? ago/);
  await app.page.keyboard.press('Escape');

  await installation.vendor.refuseConnections();
  await invite(app, '06 39 98 00 13', 'Jean Martin');
  await app.tab('Outbox').click();
  await expect(app.row('Jean Martin')).toContainText(/just now|\b\d minutes? ago/);

  const listed = await app.page.evaluate(async () => {
    const { calls } = window.deskbell;
    await calls['doNotContact.add']({ phone: '+33639980014' });
    return JSON.stringify(await calls['doNotContact.list']({ text: '', before: null }));
  });
  const since = Number(/"since":(\d+)/.exec(listed)?.[1]);
  expect(Math.abs(since - clock.now())).toBeLessThan(THREE_HOURS_MS / 3);
});

test('when Partoo shows that a PC is hours behind, the screen uses the corrected time at once (row 74)', async () => {
  let behindMs = 0;
  const installation = await anInstallation({
    clock: { ...systemClock, now: () => systemClock.now() + behindMs },
    settings: { checkWithPartoo: false },
  });
  const app = await installation.open();
  await invite(app, '06 39 98 00 12', 'Marie Dupont');
  await expect(app.result).toContainText(/accepted/i);
  // Only the time changes.
  installation.vendor.fault({ kind: 'hang', path: '/review_booster/invitation_status' });
  behindMs = THREE_HOURS_MS;
  await app.page.evaluate(() => window.deskbell.calls['outbox.flush']({}));
  await expect(app.connection).toContainText('This PC’s clock is 3 hours slow.');
  await app.phone.fill('06 39 98 00 12');
  await expect(app.verdict).toContainText('3 hours ago');
});

test("after a change of the PC's clock the page reads the time again (row 76)", async () => {
  const installation = await anInstallation({ settings: { checkWithPartoo: false } });
  const app = await installation.open();
  const { page } = app;
  await invite(app, '06 39 98 00 12', 'Marie Dupont');
  await expect(app.result).toContainText(/accepted/i);
  await page.clock.install();
  await page.reload();
  await app.phone.fill('06 39 98 00 12');
  await expect(app.verdict).toContainText(/just now|\b\d minutes? ago/);

  // The desk still has the right time: the correction is the amount by which the clock was set forward.
  const told = await page.evaluate(() => window.deskbell.calls['app.read']({}));
  await app.runInMain(
    ({ ipcMain }, [reply, clockCorrectionMs]) => {
      ipcMain.removeHandler('app.read');
      ipcMain.handle('app.read', () => ({
        ...reply,
        value: { ...reply.value, clockCorrectionMs },
      }));
    },
    [replySchema.parse(told), -THREE_HOURS_MS] as const,
  );
  await page.clock.setSystemTime(systemClock.now() + THREE_HOURS_MS);
  await page.clock.runFor(61 * SECOND_MS);
  await expect(app.verdict).toContainText(/just now|\b\d minutes? ago/);
});

const replySchema = z.object({ ok: z.literal(true), value: z.looseObject({}) });
