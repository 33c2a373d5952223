import { describe, test } from 'vitest';
import { expect } from '../support/expect.ts';
import type { RunningApp } from '../support/installation.ts';
import { aSharedApp } from './open-installation.ts';

// Values from the configuration are locked in Settings.
const shared = aSharedApp({ settings: { sendingHours: undefined, undoSeconds: undefined } });

async function openSettings(): Promise<RunningApp> {
  const { app } = shared();
  await app.tab('Settings').click();
  await expect(app.page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  return app;
}

async function changeTabs(app: RunningApp): Promise<void> {
  await app.page.keyboard.press('Control+1');
  await expect(app.phone).toBeVisible();
  await openSettings();
}

const textbox = ({ page }: RunningApp, name: string) =>
  page.getByRole('textbox', { name, exact: true });
const staffName = ({ page }: RunningApp) =>
  page.getByRole('group', { name: 'Staff' }).getByRole('textbox', { name: 'Name', exact: true });
const period = ({ page }: RunningApp, nth: number) =>
  page.getByRole('group', { name: `Period ${nth}`, exact: true });

describe('[row 234] an unsaved setting', () => {
  test('survives a change of tab: wrong hours, names and numbers', async () => {
    const app = await openSettings();
    await period(app, 1).getByLabel('From').fill('09:30');
    await staffName(app).fill('Léa');
    await textbox(app, 'Number to add').fill('06 39 98');
    await textbox(app, 'Undo time').fill('999');
    await changeTabs(app);
    await expect(period(app, 1).getByLabel('From')).toHaveValue('09:30');
    await expect(app.page.getByText('These hours aren’t saved yet.')).toBeVisible();
    await expect(staffName(app)).toHaveValue('Léa');
    await expect(textbox(app, 'Number to add')).toHaveValue('06 39 98');
    await expect(textbox(app, 'Undo time')).toHaveValue('999');
    await expect(textbox(app, 'Undo time')).toHaveAttribute('aria-invalid', 'true');

    await app.button('Discard changes').click();
    await expect(period(app, 1).getByLabel('From')).toHaveValue('08:00');
    await staffName(app).fill('');
    await textbox(app, 'Number to add').fill('');
    await textbox(app, 'Undo time').press('Escape');
    await expect(textbox(app, 'Undo time')).toHaveValue('10');
    await expect(textbox(app, 'Undo time')).toHaveAttribute('aria-invalid', 'false');
  });

  test('is saved when the keyboard chooses another tab, and Esc restores the old value', async () => {
    const app = await openSettings();
    await textbox(app, 'Undo time').fill('15');
    await textbox(app, 'Undo time').press('Escape');
    await expect(textbox(app, 'Undo time')).toHaveValue('10');
    await textbox(app, 'Undo time').fill('20');
    await changeTabs(app);
    await expect(textbox(app, 'Undo time')).toHaveValue('20');
    await textbox(app, 'Undo time').fill('10');
    await textbox(app, 'Undo time').press('Enter');
    await expect(app.page.getByText('Saved.').first()).toBeVisible();
  });
});

describe('[row 235] assistive technology gets the error', () => {
  test('of the phone number', async () => {
    const { app } = shared();
    await app.tab('Invite').click();
    await app.phone.fill('06 39 98 00 001');
    await expect(app.phone).toHaveAttribute('aria-invalid', 'true');
    await expect(app.phone).toHaveAccessibleDescription(/too many digits/);
    await app.phone.fill('06 39 98 00 01');
    await expect(app.phone).toHaveAttribute('aria-invalid', 'false');
    await app.phone.fill('');
  });

  test('of a PIN', async () => {
    const app = await openSettings();
    const [next, again] = [textbox(app, 'New PIN'), textbox(app, 'Repeat new PIN')];
    await next.fill('12');
    await again.fill('12');
    await app.button('Set PIN').click();
    await expect(next).toHaveAttribute('aria-invalid', 'true');
    await expect(next).toHaveAccessibleDescription(/digits/);
    await expect(again).toHaveAttribute('aria-invalid', 'false');
    await next.fill('123456');
    await again.fill('123457');
    await app.button('Set PIN').click();
    await expect(next).toHaveAttribute('aria-invalid', 'false');
    await expect(again).toHaveAttribute('aria-invalid', 'true');
    await expect(again).toHaveAccessibleDescription(/don’t match/);
  });

  test('of the hours, with the number of the period', async () => {
    const app = await openSettings();
    await period(app, 2).getByLabel('To').fill('10:00');
    await app.button('Save hours').click();
    const wrong = period(app, 2).getByLabel('From');
    await expect(wrong).toBeFocused();
    await expect(wrong).toHaveAttribute('aria-invalid', 'true');
    await expect(wrong).toHaveAccessibleDescription(/^Period 2: /);
    await expect(period(app, 1).getByLabel('From')).toHaveAttribute('aria-invalid', 'false');
    await period(app, 2).getByLabel('To').fill('18:00');
    await period(app, 2).getByLabel('Saturday').uncheck();
    await app.button('Save hours').click();
    await expect(period(app, 2).getByLabel('Monday')).toHaveAccessibleDescription(
      'Period 2: choose at least one day.',
    );
    await app.button('Discard changes').click();
    await expect(wrong).toHaveAttribute('aria-invalid', 'false');
  });
});

test('[row 237] saves hours across midnight as two periods, and reports an overlap', async () => {
  const app = await openSettings();
  await period(app, 2).getByLabel('From').fill('22:00');
  await period(app, 2).getByLabel('To').fill('06:00');
  await expect(period(app, 2)).toContainText('Ends on the next day.');
  await period(app, 1).getByLabel('Sunday').check();
  await period(app, 1).getByLabel('From').fill('05:00');
  await expect(app.page.getByText('Periods 1 and 2 overlap on Sunday.')).toBeVisible();
  await app.button('Save hours').click();
  await expect(
    app.page.getByText('Saved. A period that runs past midnight is stored as two periods.'),
  ).toBeVisible();
  await expect(period(app, 2).getByLabel('To')).toHaveValue('00:00');
  await expect(period(app, 3).getByLabel('From')).toHaveValue('00:00');
  await expect(period(app, 3).getByLabel('To')).toHaveValue('06:00');
  await expect(period(app, 3).getByLabel('Sunday')).toBeChecked();
});

test('takes a time as people type it, keeps one that is none, and refuses to save it', async () => {
  const app = await openSettings();
  const from = period(app, 1).getByLabel('From');
  await from.fill('9h30');
  await from.press('Tab');
  await expect(from).toHaveValue('09:30');
  await from.fill('soon');
  await changeTabs(app);
  await expect(from).toHaveValue('soon');
  await app.button('Save hours').click();
  await expect(from).toBeFocused();
  await expect(from).toHaveAccessibleDescription('Period 1: enter a start and end time.');
  await from.fill('7 pm');
  await expect(from).toHaveValue('7 pm');
  await period(app, 1).getByLabel('To').fill('2000');
  await app.button('Save hours').click();
  await expect(from).toHaveValue('19:00');
  await expect(period(app, 1).getByLabel('To')).toHaveValue('20:00');
});
