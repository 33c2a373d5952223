import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import { FORM_SCENES } from '../tour/form-scenes.ts';
import { openStage } from '../tour/stage.ts';
import { aSharedDesk } from './a-reception.ts';

const shared = aSharedDesk();

async function enter(name: string) {
  const { desk } = shared();
  const stage = await openStage(desk);
  const scene = FORM_SCENES.find((one) => one.name === name);
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  await stage.enter(scene, 'en');
  return desk;
}

test('[row 212] one colleague has one key, and an SMS of this minute was sent just now', async () => {
  const { page, verdict } = await enter('form-one-colleague');
  await expect(page.locator('.label-line').filter({ hasText: 'Sent by' })).toHaveText(
    /^Sent by(?:Alt\+|⌥)1$/,
  );
  await expect(verdict).toContainText('Invited just now');
});

test('[row 212] practice says where the hours are set that they do not count', async () => {
  const { page } = await enter('settings-hours-practice');
  await expect(page.getByText('In practice these hours do not count')).toBeVisible();
});
