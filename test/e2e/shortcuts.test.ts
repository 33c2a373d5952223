import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import { aSharedApp } from './open-installation.ts';

const shared = aSharedApp();

test('Ctrl+/ lists the shortcuts of the screen, and gives the form back as it was', async () => {
  const { app } = shared();
  const { page, phone } = app;
  await phone.pressSequentially('06399800');
  await page.keyboard.press('Control+/');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(list.getByRole('region', { name: 'Invite' })).toContainText('Send the invitation');
  await expect(list.getByRole('region', { name: 'On every screen' })).toContainText('Ctrl+L');
  await expect(list.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Control+/');
  await expect(list).toBeHidden();
  await expect(phone).toBeFocused();
  await expect(phone).toHaveValue(/06 39 98 00/);

  await page.keyboard.press('Control+3');
  await page.keyboard.press('Control+/');
  await expect(list.getByRole('region', { name: 'History' })).toContainText('Open a row');
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
});
