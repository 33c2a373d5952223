import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import { HOTEL, type RunningApp } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const MARIE = { phone: '0639980012', name: 'Marie Dupont' };
const LINK = 'https://g.page/r/CexampleHotel/review';

/** Replaces the printer: keeps the printed text and the size of the PDF. */
async function catchPaper({ runInMain }: RunningApp): Promise<void> {
  await runInMain(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('no window');
    const text = `getComputedStyle(document.querySelector('#page')).display + ' ' + document.querySelector('.print-sheet').textContent`;
    contents.print = (_options, done) => {
      void (async () => {
        const pdf = await contents.printToPDF({});
        const shown: unknown = await contents.executeJavaScript(text);
        Object.assign(globalThis, { paper: { bytes: pdf.length, shown: String(shown) } });
        done?.(true, '');
      })();
    };
  });
}

const paperOf = ({ runInMain }: RunningApp) =>
  runInMain(() => {
    const paper: unknown = Reflect.get(globalThis, 'paper');
    return JSON.stringify(paper ?? null);
  });

test('prints waiting invitations and restores the page', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await catchPaper(app);
  await installation.vendor.refuseConnections();
  await invite(app, MARIE.phone, MARIE.name);
  await app.tab('Outbox').click();
  await app.button('Print list').click();
  await expect.poll(() => paperOf(app)).toContain('06 39 98 00 12');
  expect(await paperOf(app)).toContain(MARIE.name);
  await expect(app.page.locator('.print-sheet')).toHaveCount(0);
});

test('a card shows the review link that a manager has entered', async () => {
  const installation = await anInstallation({ settings: { reviewLinks: { [HOTEL.id]: LINK } } });
  const app = await installation.open();
  await catchPaper(app);
  await app.tab('History').click();
  await app.button('Print QR card').click();
  const preview = app.page.getByRole('group', { name: 'Preview' });
  await expect(preview).toContainText(LINK);
  await app.page.getByLabel('Second language').selectOption('Deutsch');
  await expect(preview.locator('[lang=de]').first()).toBeVisible();
  await app.button('Print four on A4').click();
  await expect.poll(() => paperOf(app)).toContain(LINK);
  expect((await paperOf(app)).split(LINK)).toHaveLength(5);
  await expect(app.page.getByRole('dialog')).toHaveCount(0);
});

test('without a link the card says where to enter one', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await app.tab('Outbox').click();
  await app.button('Print QR card').click();
  await expect(app.page.getByText(/needs to add the business’s Google review link/)).toBeVisible();
});
