import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { withDesktopSession } from '../../build/desktop-session.mjs';
import { SECOND_MS } from '../../shared/time.ts';
import { expect } from '../support/expect.ts';
import { holdKeyring, lockKeyring } from '../support/keyring.ts';
import { invite } from '../support/user-actions.ts';
import type { RunningApp, Installation } from '../support/installation.ts';
import { anInstallation } from './open-installation.ts';

// Elsewhere the keychain belongs to the system and cannot be blocked.
describe.runIf(process.platform === 'linux')('quitting during a keychain call (row 66)', () => {
  test('waits for a slow keychain', async () => {
    const { installation, app } = await openSettings();
    const keyring = holdKeyring();
    await app.button('Test connection').click();
    const ended = quit(app);
    // Everything is recorded; only the keychain is pending.
    await expect.poll(() => lastEvent(installation), { intervals: [20] }).toBe('stopped');
    keyring.letGo();
    expect(await ended).toEqual([0, null]);
    expect(app.output()).not.toContain('Napi');
    expect(await lastEvent(installation)).toBe('stopped');
  });

  test('stops waiting for a keychain that does not answer', async () => {
    const { installation, app } = await openSettings();
    holdKeyring();
    await app.button('Test connection').click();
    const before = performance.now();
    expect(await quit(app)).toEqual([null, 'SIGKILL']);
    expect(performance.now() - before).toBeLessThan(15 * SECOND_MS);
    expect(app.output()).not.toContain('Napi');
    expect(await lastEvent(installation)).toBe('stopped');
  });

  test('ends a key save too, which reports the failure', async () => {
    const installation = await anInstallation({ key: 'absent' });
    holdKeyring();
    const { code, output } = await installation.run({ switches: ['--set-api-key'] }, 'a-key');
    expect(code).not.toBe(0);
    expect(output).toContain('No key was stored');
    expect(output).not.toContain('Napi');
  });
});

describe.runIf(process.platform === 'linux')('a desk in use whose keychain', () => {
  test.each([
    ['is locked', (session: NodeJS.ProcessEnv) => lockKeyring(session)],
    ['was emptied', undefined],
  ])('%s keeps new invitations, sends nothing and says so (row 65)', async (_title, lock) => {
    const installation = await anInstallation({ key: 'absent' });
    await withDesktopSession(['keyring'], async (session) => {
      const env = envOf(session);
      const stored = await installation.run(
        { switches: ['--set-api-key'], env },
        installation.vendor.key,
      );
      expect(stored.code).toBe(0);
      const before = await installation.open({ env });
      await invite(before, '0639980012', 'Marie Dupont');
      await expect(before.result).toContainText(/accepted/i);
      await before.quit();
      lock?.(session);

      const after = async (there: Readonly<Record<string, string>>) => {
        const app = await installation.open({ env: there });
        await expect(app.connection).toContainText(/key/i);
        await invite(app, '0639980013', 'Jean Martin');
        await app.tab('Outbox').click();
        await expect(app.row('Jean Martin')).toContainText('Waiting');
        expect(installation.sends()).toHaveLength(1);
        // A locked keychain waits for a person; quitting does not.
        await quit(app);
      };
      if (lock !== undefined) await after(env);
      // Another, empty keyring of the same user.
      else await withDesktopSession(['keyring'], (empty) => after(envOf(empty)));
    });
  });
});

/** The environment of a session; the screen is the test's. */
function envOf(session: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const names = ['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME'];
  return Object.fromEntries(names.map((name) => [name, session[name] ?? '']));
}

async function openSettings(): Promise<{ installation: Installation; app: RunningApp }> {
  const installation = await anInstallation();
  const app = await installation.open();
  await app.tab('Settings').click();
  await expect(app.button('Test connection')).toBeVisible();
  return { installation, app };
}

/** Resolves to how the process ended: exit code or signal. */
async function quit(app: RunningApp): Promise<unknown> {
  const ended = once(app.electron.process(), 'exit');
  await app.runInMain(({ app: electronApp }) => electronApp.quit()).catch(() => {});
  return ended;
}

async function lastEvent({ dataFolder }: Installation): Promise<unknown> {
  const text = await readFile(join(dataFolder, 'logs/deskbell.log'), 'utf8');
  return /"event":"([\w-]+)"/.exec(text.trim().split('\n').at(-1) ?? '')?.[1];
}
