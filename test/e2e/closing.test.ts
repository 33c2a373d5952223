import { test } from 'vitest';
import { answerBoxes, type Box } from '../support/system-dialogs.ts';
import { expect, UNTIL_NEXT_LOOK } from '../support/expect.ts';
import type { RunningApp, Installation } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const ANSWERS = ['keep', 'quit', 'cancel'] as const;
type Answer = (typeof ANSWERS)[number];

test('closing with waiting invitations asks; in the background Deskbell sends them', async () => {
  const { installation, app } = await somethingWaits();
  const asked = await closeWith(app, 'keep');
  await expect.poll(asked).toMatchObject([
    {
      message: '1 invitation hasn’t been sent yet.',
      buttons: [expect.stringMatching(/keep running/i), 'Quit and send next time', 'Cancel'],
      defaultId: 0,
      cancelId: 2,
    },
  ]);
  await installation.vendor.acceptConnections();
  await expect.poll(() => installation.sends(), UNTIL_NEXT_LOOK).toHaveLength(1);
});

test('closing with waiting invitations and quitting keeps them for the next start', async () => {
  const { installation, app } = await somethingWaits();
  const ended = new Promise<void>((resolve) => {
    app.electron.process().once('exit', () => resolve());
  });
  await closeWith(app, 'quit');
  await ended;
  await installation.vendor.acceptConnections();
  await installation.open();
  await expect.poll(() => installation.sends()).toHaveLength(1);
});

test('closing can be cancelled, and asks nothing without waiting invitations', async () => {
  const { installation, app } = await somethingWaits();
  await closeWith(app, 'cancel');
  await expect(app.tab('Outbox')).toHaveAccessibleDescription(/^1 /);
  await installation.vendor.acceptConnections();
  // By itself: a press of "Try all now" might come too late.
  await expect.poll(() => installation.sends(), UNTIL_NEXT_LOOK).toHaveLength(1);
  await app.tab('Outbox').click();
  await expect(app.rows).toHaveCount(0);
  const ended = new Promise<void>((resolve) => {
    app.electron.process().once('exit', () => resolve());
  });
  await app
    .runInMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    .catch(() => {});
  await ended;
});

test('quitting otherwise asks nothing and ignores an open question', async () => {
  const { installation, app } = await somethingWaits();
  await app.runInMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await app.quit();
  const next = await installation.open();
  await expect(next.tab('Outbox')).toHaveAccessibleDescription(/^1 /);
  await next.quit();
});

test('a second start shows the hidden window', async () => {
  const { installation, app } = await somethingWaits();
  await closeWith(app, 'keep');
  await app.runInMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect((await installation.run({})).code).toBe(0);
  await expect
    .poll(() =>
      app.runInMain(({ BrowserWindow }) => {
        const window = BrowserWindow.getAllWindows()[0];
        return window?.isVisible() === true && !window.isMinimized();
      }),
    )
    .toBe(true);
});

test('[row 252] closing with text in the form asks first', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  await app.phone.pressSequentially('0639980012');
  await app.customerName.fill('Marie Dupont');
  await app.customerName.blur();
  const close = () =>
    app.runInMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const asked = await answerBoxes(app, [0, 1]);
  await close();
  await expect.poll(asked).toMatchObject([
    {
      message: 'The form isn’t empty.',
      buttons: ['Back to the form', 'Quit anyway'],
      defaultId: 0,
      cancelId: 0,
    },
  ]);
  await expect(app.customerName).toHaveValue('Marie Dupont');
  const ended = new Promise<void>((resolve) => {
    app.electron.process().once('exit', () => resolve());
  });
  await close().catch(() => {});
  await ended;
});

async function somethingWaits(): Promise<{ installation: Installation; app: RunningApp }> {
  const installation = await anInstallation();
  const app = await installation.open();
  await installation.vendor.refuseConnections();
  await invite(app, '0639980012', 'Marie Dupont');
  await expect(app.tab('Outbox')).toHaveAccessibleDescription(/^1 /);
  await expect(app.connection).not.toBeEmpty();
  return { installation, app };
}

/** Closes the window as a person does and answers the question; returns a reader for the question's text. */
async function closeWith(app: RunningApp, answer: Answer): Promise<() => Promise<readonly Box[]>> {
  const asked = await answerBoxes(app, [ANSWERS.indexOf(answer)]);
  await app.runInMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  return asked;
}
