import { join } from 'node:path';
import { test } from 'vitest';
import { openStore } from '../../electron/store/file/open-store.ts';
import { expect } from '../support/expect.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

test('without a key Deskbell is in practice mode, with its own simulator and database', async () => {
  const installation = await anInstallation({ key: 'absent' });
  const app = await installation.open();
  await expect(app.practiceBanner).toBeVisible();
  await invite(app, '0639980012', 'Marie Dupont');
  await expect(app.result).toContainText(/accepted/i);
  await app.tab('History').click();
  await expect(app.row('Marie Dupont')).toContainText('Accepted');
  await expect(app.practiceBanner).toBeVisible();
  await app.quit();

  expect(installation.vendor.received()).toEqual([]);
  expect(countInvitations(join(installation.dataFolder, 'deskbell.db'))).toBe(0);
  expect(countInvitations(join(installation.dataFolder, 'practice/deskbell.db'))).toBe(1);
});

test('with a key Deskbell practises only on request', async () => {
  const installation = await anInstallation();
  const live = await installation.open();
  await expect(live.phone).toBeVisible();
  await expect(live.practiceBanner).toBeHidden();
  await live.quit();
  const before = installation.vendor.received().length;
  const app = await installation.open({ switches: ['--practice'] });
  await expect(app.practiceBanner).toBeVisible();
  await invite(app, '0639980012', 'Marie Dupont');
  await expect(app.result).toContainText(/accepted/i);
  expect(installation.vendor.received()).toHaveLength(before);
});

function countInvitations(path: string): number {
  const opening = openStore({
    path,
    now: Date.now,
    onBadRow: ({ why }) => {
      throw new Error(why);
    },
  });
  if (opening.kind !== 'open') throw new Error(opening.why);
  const { store } = opening;
  const finished = store.listFinished({ before: null, limit: 10 }).invitations.length;
  const open = store.countOpen();
  store.close();
  return finished + open;
}
