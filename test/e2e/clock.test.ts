import { test } from 'vitest';
import { systemClock } from '../../electron/os/clock.ts';
import { HOUR_MS } from '../../shared/time.ts';
import { expect } from '../support/expect.ts';
import { invite } from '../support/visit.ts';
import { aReception } from './a-reception.ts';

test('on a PC that is hours ahead the screen counts by the right time, as the outbox does (row 74)', async () => {
  const clock = { ...systemClock, now: () => systemClock.now() - 3 * HOUR_MS };
  const reception = await aReception({ clock });
  const desk = await reception.open();
  await expect(desk.connection).toContainText('The clock of this PC is 3 hours ahead.');
  await invite(desk, '06 39 98 00 12', 'Marie Dupont');
  await expect(desk.result).toContainText(/accepted/i);
  await desk.phone.fill('06 39 98 00 12');
  await expect(desk.verdict).toContainText(/\b\d minutes? ago/);
  await desk.page.keyboard.press('Escape');

  await reception.vendor.refuseConnections();
  await invite(desk, '06 39 98 00 13', 'Jean Martin');
  await desk.tab('Outbox').click();
  await expect(desk.row('Jean Martin')).toContainText(/\b\d minutes? ago/);
});
