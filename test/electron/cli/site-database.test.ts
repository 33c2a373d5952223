import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { initSiteDatabaseCommand } from '../../../electron/cli/init-site-database.ts';
import {
  joinSiteDatabaseCommand,
  leaveSiteDatabaseCommand,
} from '../../../electron/cli/join-site-database.ts';
import type { InputSource } from '../../../electron/cli/read-input.ts';
import { openKeychainEntry } from '../../../electron/os/api-key.ts';
import type { InitResult } from '../../../electron/site/init-site-database.ts';
import type { JoinResult } from '../../../electron/site/join-site-database.ts';
import {
  deriveSiteKeys,
  formatSecret,
  makeDeskToken,
  makeSecret,
  parseSecret,
} from '../../../electron/site/site-keys.ts';
import { parseManagedConfig } from '../../../electron/settings/managed-config.ts';
import { createFakeClock } from '../../support/clock.ts';
import { createKeychain } from '../../support/keychain.ts';

const ADDRESS = { host: 'db.example.lan', port: 5432, database: 'deskbell', user: 'deskbell_desk' };
const MANAGED = parseManagedConfig(
  '{ "siteDatabase": { "url": "postgresql://deskbell_desk@db.example.lan/deskbell" } }',
  '/etc/deskbell/config.json',
);
const ACCOUNT = 'site database db.example.lan:5432/deskbell';

const input = (text: string): InputSource => ({
  kind: 'stream',
  stream: Readable.from([Buffer.from(text)]),
  mayHang: false,
});

function aFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-site-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'secrets.txt');
  writeFileSync(path, text);
  return path;
}

describe('--init-site-database', () => {
  async function run(source: InputSource, result: InitResult, managed = MANAGED) {
    const said: string[] = [];
    const printed: string[] = [];
    const owners: unknown[] = [];
    const code = await initSiteDatabaseCommand({
      managed,
      source,
      clock: createFakeClock(0),
      say: (line) => said.push(line),
      print: (line) => printed.push(line),
      trustOf: () => undefined,
      init: async (owner) => {
        owners.push(owner);
        return result;
      },
    });
    return { code, said, printed, owners };
  }
  const READY = { kind: 'ready', secret: 'the-secret', loginPassword: 'the-password' } as const;
  const OWNER = 'postgresql://it:made%20up@db.example.lan:6432/deskbell';

  test('signs in as the owner, and prints the secrets on standard output alone', async () => {
    const { code, said, printed, owners } = await run(input(`${OWNER}\n`), READY);
    expect(code).toBe(0);
    expect(owners).toEqual([
      {
        address: { ...ADDRESS, port: 6432, user: 'it' },
        password: 'made up',
        trust: undefined,
      },
    ]);
    expect(printed).toEqual([
      'organisation secret: the-secret',
      'password of deskbell_desk: the-password',
    ]);
    expect(said.join('\n')).not.toMatch(/the-secret|the-password|made up/);
  });

  test('prints no secret where there was one, and deletes the file with the owner’s password', async () => {
    const path = aFile(OWNER);
    const again = { kind: 'ready', secret: undefined, loginPassword: undefined } as const;
    const { code, said, printed } = await run({ kind: 'file', path }, again);
    expect({ code, said, printed }).toEqual({
      code: 0,
      said: ['The site database is ready.'],
      printed: [],
    });
    expect(existsSync(path)).toBe(false);
  });

  test.each([
    ['nothing', ''],
    ['no password', 'postgresql://it@db.example.lan/deskbell'],
    ['another kind of address', 'https://it:x@db.example.lan/deskbell'],
  ])('asks for the right line where there is %s, and changes nothing', async (_, text) => {
    const { code, said, owners } = await run(input(text), READY);
    expect(code).toBe(1);
    expect(owners).toEqual([]);
    expect(said).toEqual([
      'The site database was not changed: standard input must hold postgresql://owner:password@host:5432/database.',
    ]);
  });

  test('says what the server reports, and keeps the file', async () => {
    const path = aFile(OWNER);
    const failed = { kind: 'failed', fault: 'no-right', message: 'permission denied' } as const;
    const { code, said } = await run({ kind: 'file', path }, failed);
    expect(code).toBe(1);
    expect(said).toEqual([
      'The site database was not changed: this user has no right to do it (permission denied).',
    ]);
    expect(existsSync(path)).toBe(true);
  });

  test('says what is wrong with the managed configuration', async () => {
    const broken = parseManagedConfig('{', 'config.json');
    const { code, said } = await run(input(OWNER), READY, broken);
    expect(code).toBe(1);
    expect(said).toEqual(['The site database was not changed: config.json:1: not valid JSON.']);
  });
});

describe('--join-site-database', () => {
  const secret = formatSecret(makeSecret());
  const LINES = `login password\n${secret}\nthe-code\n`;
  const JOINED = { kind: 'joined', desk: 'PC-1', site: 'Lille centre' } as const;

  async function run(
    options: {
      readonly source?: InputSource;
      readonly result?: JoinResult;
      readonly managed?: typeof MANAGED;
      readonly keychain?: ReturnType<typeof createKeychain>;
    } = {},
  ) {
    const keychain = options.keychain ?? createKeychain();
    const said: string[] = [];
    const wanted: unknown[] = [];
    const code = await joinSiteDatabaseCommand({
      managed: options.managed ?? MANAGED,
      source: options.source ?? input(LINES),
      clock: createFakeClock(0),
      say: (line) => said.push(line),
      openEntry: entryIn(keychain),
      trustOf: () => undefined,
      deskName: 'PC-1',
      parseSecret,
      deriveSiteKeys,
      makeDeskToken,
      join: async ({ address, password, code: used, name }) => {
        wanted.push({ address, password, code: used, name });
        return options.result ?? JOINED;
      },
    });
    return { code, said, wanted, held: keychain.held(), keychain };
  }

  const entryIn = (keychain: ReturnType<typeof createKeychain>) => (account: string) =>
    openKeychainEntry({
      account,
      clock: createFakeClock(0),
      loadKeychain: async () => keychain.port,
      onTrouble: () => {},
    });

  test('joins, and keeps password, secret and token in the keychain', async () => {
    const { code, said, wanted, held } = await run();
    expect(code).toBe(0);
    expect(wanted).toEqual([
      { address: ADDRESS, password: 'login password', code: 'the-code', name: 'PC-1' },
    ]);
    expect(JSON.parse(held[ACCOUNT] ?? '')).toEqual({
      password: 'login password',
      secret,
      token: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(said).toEqual(['This desk has joined Lille centre as PC-1.']);
  });

  test('deletes its file once it has joined, and keeps it otherwise', async () => {
    const path = aFile(LINES);
    const failed = { kind: 'failed', fault: 'password' } as const;
    await run({ source: { kind: 'file', path }, result: failed });
    expect(existsSync(path)).toBe(true);
    await run({ source: { kind: 'file', path } });
    expect(existsSync(path)).toBe(false);
  });

  test.each([
    [{ kind: 'refused', why: 'unknown-code' }, 'the code is wrong, used up or over'],
    [
      { kind: 'refused', why: 'other-secret' },
      'the other desks of the organisation have another secret',
    ],
    [{ kind: 'failed', fault: 'refused' }, 'nothing listens on that port of the server'],
  ] as const)('[row 283] keeps nothing when it is not joined: %j', async (result, why) => {
    const { code, said, held } = await run({ result });
    expect({ code, said, held }).toEqual({
      code: 1,
      said: [`This desk has not joined: ${why}.`],
      held: {},
    });
  });

  test.each([
    ['two lines', `login password\n${secret}`],
    ['four lines', `${LINES}more`],
    ['no secret in the second line', 'login password\nsecret\ncode'],
  ])('asks for the right lines where there are %s', async (_, text) => {
    const { code, wanted, held, said } = await run({ source: input(text) });
    expect({ code, wanted, held }).toEqual({ code: 1, wanted: [], held: {} });
    expect(said.join('\n')).not.toContain(secret);
  });

  test('joins once: a desk that has joined leaves first', async () => {
    const { keychain } = await run();
    const again = await run({ keychain });
    expect(again).toMatchObject({ code: 1, wanted: [] });
    const said: string[] = [];
    const parts = { managed: MANAGED, say: (line: string) => said.push(line) };
    const leave = () => leaveSiteDatabaseCommand({ ...parts, openEntry: entryIn(keychain) });
    expect(await leave()).toBe(0);
    expect(keychain.held()).toEqual({});
    expect(await leave()).toBe(0);
    expect(said.at(-1)).toBe('This desk had not joined.');
    expect((await run({ keychain })).code).toBe(0);
  });

  test('needs the address in the managed configuration, and a keychain', async () => {
    const none = parseManagedConfig('{}', 'config.json');
    expect((await run({ managed: none })).said).toEqual([
      'This desk has not joined: the managed configuration has no siteDatabase.',
    ]);
    const keychain = createKeychain();
    keychain.behave('throws');
    expect(await run({ keychain })).toMatchObject({ code: 1, wanted: [] });
    const leaving = leaveSiteDatabaseCommand({
      managed: MANAGED,
      say: () => {},
      openEntry: entryIn(keychain),
    });
    expect(await leaving).toBe(1);
  });
});
