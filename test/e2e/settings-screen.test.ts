import { describe, test } from 'vitest';
import { expect } from '../support/expect.ts';
import type { Desk } from '../support/installation.ts';
import { aSharedDesk } from './open-installation.ts';

// Values from the configuration are locked in Settings.
const shared = aSharedDesk({ settings: { sendingHours: undefined, undoSeconds: undefined } });

async function openSettings(): Promise<Desk> {
  const { desk } = shared();
  await desk.tab('Settings').click();
  await expect(desk.page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  return desk;
}

async function changeTabs(desk: Desk): Promise<void> {
  await desk.page.keyboard.press('Control+1');
  await expect(desk.phone).toBeVisible();
  await openSettings();
}

const textbox = ({ page }: Desk, name: string) => page.getByRole('textbox', { name, exact: true });
const staffName = ({ page }: Desk) =>
  page.getByRole('group', { name: 'Staff' }).getByRole('textbox', { name: 'Name', exact: true });
const period = ({ page }: Desk, nth: number) =>
  page.getByRole('group', { name: `Period ${nth}`, exact: true });

describe('[row 234] an unsaved setting', () => {
  test('survives a change of tab: wrong hours, names and numbers', async () => {
    const desk = await openSettings();
    await period(desk, 1).getByLabel('From').fill('09:30');
    await staffName(desk).fill('Léa');
    await textbox(desk, 'Number to add').fill('06 39 98');
    await textbox(desk, 'Undo time').fill('999');
    await changeTabs(desk);
    await expect(period(desk, 1).getByLabel('From')).toHaveValue('09:30');
    await expect(desk.page.getByText('These hours aren’t saved yet.')).toBeVisible();
    await expect(staffName(desk)).toHaveValue('Léa');
    await expect(textbox(desk, 'Number to add')).toHaveValue('06 39 98');
    await expect(textbox(desk, 'Undo time')).toHaveValue('999');
    await expect(textbox(desk, 'Undo time')).toHaveAttribute('aria-invalid', 'true');

    await desk.button('Discard changes').click();
    await expect(period(desk, 1).getByLabel('From')).toHaveValue('08:00');
    await staffName(desk).fill('');
    await textbox(desk, 'Number to add').fill('');
    await textbox(desk, 'Undo time').press('Escape');
    await expect(textbox(desk, 'Undo time')).toHaveValue('10');
    await expect(textbox(desk, 'Undo time')).toHaveAttribute('aria-invalid', 'false');
  });

  test('is saved when the keyboard chooses another tab, and Esc restores the old value', async () => {
    const desk = await openSettings();
    await textbox(desk, 'Undo time').fill('15');
    await textbox(desk, 'Undo time').press('Escape');
    await expect(textbox(desk, 'Undo time')).toHaveValue('10');
    await textbox(desk, 'Undo time').fill('20');
    await changeTabs(desk);
    await expect(textbox(desk, 'Undo time')).toHaveValue('20');
    await textbox(desk, 'Undo time').fill('10');
    await textbox(desk, 'Undo time').press('Enter');
    await expect(desk.page.getByText('Saved.').first()).toBeVisible();
  });
});

describe('[row 235] assistive technology gets the error', () => {
  test('of the phone number', async () => {
    const { desk } = shared();
    await desk.tab('Invite').click();
    await desk.phone.fill('06 39 98 00 001');
    await expect(desk.phone).toHaveAttribute('aria-invalid', 'true');
    await expect(desk.phone).toHaveAccessibleDescription(/too many digits/);
    await desk.phone.fill('06 39 98 00 01');
    await expect(desk.phone).toHaveAttribute('aria-invalid', 'false');
    await desk.phone.fill('');
  });

  test('of a PIN', async () => {
    const desk = await openSettings();
    const [next, again] = [textbox(desk, 'New PIN'), textbox(desk, 'Repeat new PIN')];
    await next.fill('12');
    await again.fill('12');
    await desk.button('Set PIN').click();
    await expect(next).toHaveAttribute('aria-invalid', 'true');
    await expect(next).toHaveAccessibleDescription(/digits/);
    await expect(again).toHaveAttribute('aria-invalid', 'false');
    await next.fill('123456');
    await again.fill('123457');
    await desk.button('Set PIN').click();
    await expect(next).toHaveAttribute('aria-invalid', 'false');
    await expect(again).toHaveAttribute('aria-invalid', 'true');
    await expect(again).toHaveAccessibleDescription(/don’t match/);
  });

  test('of the hours, with the number of the period', async () => {
    const desk = await openSettings();
    await period(desk, 2).getByLabel('To').fill('10:00');
    await desk.button('Save hours').click();
    const wrong = period(desk, 2).getByLabel('From');
    await expect(wrong).toBeFocused();
    await expect(wrong).toHaveAttribute('aria-invalid', 'true');
    await expect(wrong).toHaveAccessibleDescription(/^Period 2: /);
    await expect(period(desk, 1).getByLabel('From')).toHaveAttribute('aria-invalid', 'false');
    await period(desk, 2).getByLabel('To').fill('18:00');
    await period(desk, 2).getByLabel('Saturday').uncheck();
    await desk.button('Save hours').click();
    await expect(period(desk, 2).getByLabel('Monday')).toHaveAccessibleDescription(
      'Period 2: choose at least one day.',
    );
    await desk.button('Discard changes').click();
    await expect(wrong).toHaveAttribute('aria-invalid', 'false');
  });
});

test('[row 237] saves hours across midnight as two periods, and reports an overlap', async () => {
  const desk = await openSettings();
  await period(desk, 2).getByLabel('From').fill('22:00');
  await period(desk, 2).getByLabel('To').fill('06:00');
  await expect(period(desk, 2)).toContainText('Ends on the next day.');
  await period(desk, 1).getByLabel('Sunday').check();
  await period(desk, 1).getByLabel('From').fill('05:00');
  await expect(desk.page.getByText('Periods 1 and 2 overlap on Sunday.')).toBeVisible();
  await desk.button('Save hours').click();
  await expect(
    desk.page.getByText('Saved. A period that runs past midnight is stored as two periods.'),
  ).toBeVisible();
  await expect(period(desk, 2).getByLabel('To')).toHaveValue('00:00');
  await expect(period(desk, 3).getByLabel('From')).toHaveValue('00:00');
  await expect(period(desk, 3).getByLabel('To')).toHaveValue('06:00');
  await expect(period(desk, 3).getByLabel('Sunday')).toBeChecked();
});
