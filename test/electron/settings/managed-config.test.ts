import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { COMPANY_AUTHORITY_FILE, TEST_AUTHORITY } from '../../support/fault-server.ts';
import { ROOTS } from '../../support/file-owner.ts';
import {
  machineConfigFile,
  parseManagedConfig,
  readManagedConfig,
} from '../../../electron/settings/managed-config.ts';

const FILE = 'config.json';

describe('a managed configuration', () => {
  test('is read, also with a byte order mark', () => {
    expect(parseManagedConfig('\uFEFF{"undoSeconds": 15}', FILE)).toEqual({
      kind: 'read',
      settings: { undoSeconds: 15 },
      file: FILE,
      authorities: [],
    });
  });

  test.each([
    ['a syntax error', '{\n  "undoSeconds": 15,,\n}', '', 2],
    ['an unknown key', '{\n  "undoSecs": 15\n}', 'undoSecs', 2],
    ['a wrong type', '{\n\n  "undoSeconds": "15"\n}', 'undoSeconds', 3],
    ['a value out of range', '{ "outboxExpiryDays": 6 }', 'outboxExpiryDays', 1],
    ['http to another host', '{ "apiUrl": "http://partoo.example/v2" }', 'apiUrl', 1],
    ['a password in the address', '{ "apiUrl": "https://a:b@api.partoo.co" }', 'apiUrl', 1],
    ['[row 184] a feed without TLS', '{ "updateFeed": "http://f.example/" }', 'updateFeed', 1],
    [
      '[row 184] a feed without TLS on this PC',
      '{ "updateFeed": "http://127.0.0.1:8080/" }',
      'updateFeed',
      1,
    ],
    [
      'a time inside a list',
      '{\n"sendingHours": [\n{ "days": [1], "from": "8:00", "to": "20:00" }]\n}',
      'sendingHours[0].from',
      3,
    ],
  ])('reports the key and the line of %s', (_what, text, key, line) => {
    expect(parseManagedConfig(text, FILE)).toMatchObject({
      kind: 'broken',
      problem: { kind: 'config', file: FILE, key, line },
    });
  });

  test.each([
    [
      'at the top',
      '{\n"requestsPerMinute": 5,\n"requestsPerMinute": 60\n}',
      'requestsPerMinute',
      3,
    ],
    ['with the same value', '{ "undoSeconds": 5,\n"undoSeconds": 5 }', 'undoSeconds', 2],
    [
      'in an object of a list',
      '{ "businesses": [\n{ "id": "a", "name": "A",\n"id": "b" }] }',
      'businesses[0].id',
      3,
    ],
    ['spelled with an escape', '{ "kiosk": true,\n"ki\\u006fsk": false }', 'kiosk', 2],
    ['that is unknown to Deskbell', '{ "rate": 5,\n"rate": 60 }', 'rate', 2],
    ['with a name of Object.prototype', '{ "__proto__": 1,\n"__proto__": 2 }', '__proto__', 2],
  ])('[row 205] refuses a duplicate key: %s', (_what, text, key, line) => {
    expect(parseManagedConfig(text, FILE)).toEqual({
      kind: 'broken',
      problem: { kind: 'config', file: FILE, key, line, detail: 'is there twice' },
    });
  });

  test('[row 205] accepts the same key in two objects', () => {
    const businesses = [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
    ];
    expect(parseManagedConfig(JSON.stringify({ businesses }), FILE)).toMatchObject({
      kind: 'read',
      settings: { businesses },
    });
  });

  test('must exist when it was named; the machine-wide one is optional', () => {
    const machine = '/nowhere/deskbell/config.json';
    expect(readManagedConfig({ named: undefined, machine })).toEqual({
      kind: 'read',
      settings: {},
      file: null,
      authorities: [],
    });
    expect(readManagedConfig({ named: machine, machine })).toMatchObject({
      kind: 'broken',
      problem: { file: machine, detail: 'ENOENT' },
    });
  });

  test('can name a file of authorities, which may contain nothing else (row 116)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'deskbell-config-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'authority.pem');
    const read = (content: string | null) => {
      if (content !== null) writeFileSync(file, content);
      return parseManagedConfig(JSON.stringify({ undoSeconds: 1, caFile: file }, null, 2), FILE);
    };
    const inspected = readFileSync(COMPANY_AUTHORITY_FILE.replace('company', 'inspected'), 'utf8');
    const broken = (detail: string) => ({
      kind: 'broken',
      problem: { kind: 'config', file: FILE, key: 'caFile', line: 3, detail },
    });
    expect(read(null)).toEqual(broken('ENOENT'));
    expect(read('hello')).toEqual(broken('holds no certificate in PEM'));
    const other = 'holds something that is no certificate of an authority';
    expect(read(`${TEST_AUTHORITY}${inspected}`)).toEqual(broken(other));
    expect(read(TEST_AUTHORITY.replace('MII', 'MIX'))).toEqual(broken(other));
    expect(read('x'.repeat(2_000_000))).toEqual(broken('is larger than 1 MiB'));
    expect(read(`a comment\n${TEST_AUTHORITY}${TEST_AUTHORITY}`)).toMatchObject({
      kind: 'read',
      authorities: [TEST_AUTHORITY.trim(), TEST_AUTHORITY.trim()],
    });
    expect(parseManagedConfig('{ "caFile": "authority.pem" }', FILE)).toMatchObject({
      problem: { key: 'caFile', detail: 'must be a whole path' },
    });
  });

  test('[row 160] is read in UTF-16 with a byte order mark, and refused in an encoding that would damage its letters', () => {
    const folder = mkdtempSync(join(tmpdir(), 'deskbell-config-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'config.json');
    const text = '{\r\n  "businesses": [{ "id": "1", "name": "Hôtel" }]\r\n}';
    const read = (bytes: Buffer) => {
      writeFileSync(file, bytes);
      return readManagedConfig({ named: undefined, machine: file }, ROOTS);
    };
    const expected = { kind: 'read', settings: { businesses: [{ id: '1', name: 'Hôtel' }] } };
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
    expect(read(Buffer.from(text))).toMatchObject(expected);
    expect(read(Buffer.from(`\uFEFF${text}`))).toMatchObject(expected);
    expect(read(utf16)).toMatchObject(expected);
    expect(read(Buffer.from(utf16).swap16())).toMatchObject(expected);
    expect(read(Buffer.from(text, 'latin1'))).toMatchObject({
      kind: 'broken',
      problem: { file, line: 2, detail: expect.stringContaining('Windows-1252') },
    });
    expect(read(utf16.subarray(2))).toMatchObject({
      kind: 'broken',
      problem: { file, line: 1, detail: expect.stringContaining('UTF-16') },
    });
  });

  test('[row 160] reads authorities in UTF-16 with a byte order mark, and says what is wrong without one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'deskbell-config-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'authority.pem');
    const read = (bytes: Buffer) => {
      writeFileSync(file, bytes);
      return parseManagedConfig(JSON.stringify({ caFile: file }), FILE);
    };
    const utf16 = Buffer.from(`\uFEFF${TEST_AUTHORITY}`, 'utf16le');
    const taken = { kind: 'read', authorities: [TEST_AUTHORITY.trim()] };
    expect(read(utf16)).toMatchObject(taken);
    expect(read(Buffer.from(`Autorité\n${TEST_AUTHORITY}`, 'latin1'))).toMatchObject(taken);
    expect(read(utf16.subarray(2))).toMatchObject({
      problem: { key: 'caFile', detail: expect.stringContaining('UTF-16') },
    });
    expect(read(Buffer.from([0x30, 0x82, 0, 1]))).toMatchObject({
      problem: { key: 'caFile', detail: 'holds no certificate in PEM' },
    });
  });

  test('has its path on every system', () => {
    expect(machineConfigFile('linux', {})).toBe('/etc/deskbell/config.json');
    expect(machineConfigFile('darwin', {})).toContain('/Library/Application Support/');
    expect(machineConfigFile('win32', { PROGRAMDATA: 'D:\\Data' })).toContain('D:\\Data');
  });
});

describe('[row 175] a machine-wide configuration', () => {
  const place = () => {
    const folder = mkdtempSync(join(tmpdir(), 'deskbell-machine-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const machine = join(folder, 'config.json');
    writeFileSync(machine, '{"undoSeconds": 15}');
    return { folder, machine };
  };
  const SAFE = { uid: 0, mode: 0o100644 };

  test.each([
    ['belongs to another user', 'file', { ...SAFE, uid: 1000 }],
    ['is writable for its group', 'file', { ...SAFE, mode: 0o100664 }],
    ['is writable for every user', 'file', { ...SAFE, mode: 0o100666 }],
    ['lies in a folder of another user', 'folder', { uid: 1000, mode: 0o40755 }],
    ['lies in a folder that every user may write to', 'folder', { uid: 0, mode: 0o41777 }],
  ] as const)('that %s is refused, naming the %s', (_title, which, found) => {
    const { folder, machine } = place();
    const path = which === 'file' ? machine : folder;
    const stat = (asked: string) => (asked === path ? found : SAFE);
    for (const platform of ['linux', 'darwin'] as const)
      expect(readManagedConfig({ named: undefined, machine }, { platform, stat })).toEqual({
        kind: 'broken',
        problem: { kind: 'config-rights', path },
      });
  });

  test('that only root may write is read, and a file that it names may belong to any user', () => {
    const { machine } = place();
    const read = { kind: 'read', settings: { undoSeconds: 15 } };
    const port = { platform: 'linux', stat: () => SAFE } as const;
    expect(readManagedConfig({ named: undefined, machine }, port)).toMatchObject(read);
    const theirs = { platform: 'linux', stat: () => ({ uid: 1000, mode: 0o100666 }) } as const;
    expect(readManagedConfig({ named: machine, machine }, theirs)).toMatchObject(read);
  });
});
