import { expect, test } from 'vitest';
import { watchKeychain } from '../../../electron/os/keychain.ts';
import { createFakeClock } from '../../support/clock.ts';
import { createKeychain } from '../../support/keychain.ts';

const aKeychain = () => {
  const clock = createFakeClock(0);
  const keychain = createKeychain({ host: 'a-key' });
  const calls = watchKeychain({ clock, load: async () => keychain.port });
  return { clock, keychain, calls };
};

test("passes on the keychain's result, and leaves no call pending", async () => {
  const { keychain, calls } = aKeychain();
  const { getPassword, setPassword, deletePassword } = await calls.load();
  expect(await getPassword('deskbell', 'host')).toBe('a-key');
  await setPassword('deskbell', 'host', 'another');
  expect(keychain.held()).toEqual({ host: 'another' });
  expect(await deletePassword('deskbell', 'host')).toBe(true);
  keychain.behave('throws');
  await expect(getPassword('deskbell', 'host')).rejects.toThrow('D-Bus');
  expect(await calls.settle(0)).toBe('settled');
});

test('reports a hanging call, and waits no longer than the limit (row 66)', async () => {
  const { clock, keychain, calls } = aKeychain();
  const { getPassword } = await calls.load();
  keychain.behave('hangs');
  void getPassword('deskbell', 'host');
  const settling = calls.settle(2_000);
  await clock.advance(1_999);
  expect(clock.timers()).toHaveLength(1);
  await clock.advance(1);
  expect(await settling).toBe('pending');
});
