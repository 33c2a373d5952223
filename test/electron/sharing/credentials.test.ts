import { expect, test } from 'vitest';
import {
  accountOf,
  formatCredentials,
  partnerOf,
  readCredentials,
} from '../../../electron/sharing/credentials.ts';
import type { KeyReading } from '../../../electron/os/api-key.ts';

const address = { host: 'db.example.lan', port: 5432, database: 'deskbell', user: 'deskbell_desk' };
const credentials = { password: 'p', secret: 's', token: Buffer.alloc(32, 1) };
const entry = (reading: KeyReading) => ({ read: async () => reading });

test('credentials are read as they were written', async () => {
  const key = formatCredentials(credentials);
  expect(await readCredentials(entry({ kind: 'key', key }))).toEqual({
    kind: 'credentials',
    credentials,
  });
});

test.each([
  ['without an entry', { kind: 'absent' }, 'not-joined'],
  ['with an entry of another shape', { kind: 'key', key: '{"password":"p"}' }, 'not-joined'],
  ['with a text', { kind: 'key', key: 'hello' }, 'not-joined'],
  ['with a keychain that does not answer', { kind: 'unavailable', why: 'timeout' }, 'keychain'],
] as const)('%s there are none, and the cause is known', async (_, reading, cause) => {
  expect(await readCredentials(entry(reading))).toEqual({ kind: 'none', cause });
});

test('the place of a desk changes with its token, and does not reveal it', () => {
  const other = { ...credentials, token: Buffer.alloc(32, 2) };
  expect(accountOf(address)).toBe('site database db.example.lan:5432/deskbell');
  expect(partnerOf(address, credentials)).not.toBe(partnerOf(address, other));
  expect(partnerOf(address, credentials)).not.toContain('0101');
});
