import { test } from 'vitest';
import { expect } from '../support/expect.ts';
import { HOTEL, type Desk } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const MARIE = { phone: '0639980012', name: 'Marie Dupont' };
const LINK = 'https://g.page/r/CexampleHotel/review';

/** Replaces the printer: keeps the printed text and the size of the PDF. */
async function catchPaper({ runInMain }: Desk): Promise<void> {
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

const paperOf = ({ runInMain }: Desk) =>
  runInMain(() => {
    const paper: unknown = Reflect.get(globalThis, 'paper');
    return JSON.stringify(paper ?? null);
  });

test('prints waiting invitations and restores the page', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await catchPaper(desk);
  await installation.vendor.refuseConnections();
  await invite(desk, MARIE.phone, MARIE.name);
  await desk.tab('Outbox').click();
  await desk.button('Print list').click();
  await expect.poll(() => paperOf(desk)).toContain('06 39 98 00 12');
  expect(await paperOf(desk)).toContain(MARIE.name);
  await expect(desk.page.locator('.print-sheet')).toHaveCount(0);
});

test('a card shows the review link that a manager has entered', async () => {
  const installation = await anInstallation({ settings: { reviewLinks: { [HOTEL.id]: LINK } } });
  const desk = await installation.open();
  await catchPaper(desk);
  await desk.tab('History').click();
  await desk.button('Print QR card').click();
  await expect.poll(() => paperOf(desk)).toContain(LINK);
});

test('without a link the card says where to enter one', async () => {
  const installation = await anInstallation();
  const desk = await installation.open();
  await desk.tab('Outbox').click();
  await desk.button('Print QR card').click();
  await expect(desk.page.getByText(/needs to add the business’s Google review link/)).toBeVisible();
});
