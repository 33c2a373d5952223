import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, test } from 'vitest';
import { SECOND_MS } from '../../shared/time.ts';
import { expect } from '../support/expect.ts';
import { holdKeyring } from '../support/keyring.ts';
import type { Desk, Reception } from '../support/reception.ts';
import { aReception } from './a-reception.ts';

// Elsewhere the keychain belongs to the system and cannot be held.
describe.runIf(process.platform === 'linux')(
  'quitting while the keychain is asked (row 66)',
  () => {
    test('waits for one that is slow', async () => {
      const { reception, desk } = await aDesk();
      const keyring = holdKeyring();
      await desk.button('Test connection').click();
      const ended = quit(desk);
      // No wait for something to happen: this is how long the keychain takes.
      await setTimeout(1.5 * SECOND_MS);
      keyring.letGo();
      expect(await ended).toEqual([0, null]);
      expect(desk.output()).not.toContain('Napi');
      expect(await lastEvent(reception)).toBe('stopped');
    });

    test('does not wait for ever for one that does not answer', async () => {
      const { reception, desk } = await aDesk();
      holdKeyring();
      await desk.button('Test connection').click();
      const before = performance.now();
      expect(await quit(desk)).toEqual([null, 'SIGKILL']);
      expect(performance.now() - before).toBeLessThan(15 * SECOND_MS);
      expect(desk.output()).not.toContain('Napi');
      expect(await lastEvent(reception)).toBe('stopped');
    });

    test('storing a key ends too, and says that it failed', async () => {
      const reception = await aReception({ key: 'absent' });
      holdKeyring();
      const { code, output } = await reception.run({ switches: ['--set-api-key'] }, 'a-key');
      expect(code).not.toBe(0);
      expect(output).toContain('No key was stored');
      expect(output).not.toContain('Napi');
    });
  },
);

async function aDesk(): Promise<{ reception: Reception; desk: Desk }> {
  const reception = await aReception();
  const desk = await reception.open();
  await desk.tab('Settings').click();
  await expect(desk.button('Test connection')).toBeVisible();
  return { reception, desk };
}

/** Resolves to how the process has ended: its exit code, or the signal. */
async function quit(desk: Desk): Promise<unknown> {
  const ended = once(desk.electron.process(), 'exit');
  await desk.electron.evaluate(({ app }) => app.quit()).catch(() => {});
  return ended;
}

async function lastEvent({ dataFolder }: Reception): Promise<unknown> {
  const text = await readFile(join(dataFolder, 'logs/deskbell.log'), 'utf8');
  return /"event":"([\w-]+)"/.exec(text.trim().split('\n').at(-1) ?? '')?.[1];
}
