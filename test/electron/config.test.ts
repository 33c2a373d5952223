import { describe, expect, test } from 'vitest';
import { machineConfigFile, parseManaged, readManaged } from '../../electron/config.ts';

const FILE = 'config.json';

describe('a managed configuration', () => {
  test('is read, with a byte order mark too', () => {
    expect(parseManaged('\uFEFF{"undoSeconds": 15}', FILE)).toEqual({
      kind: 'read',
      settings: { undoSeconds: 15 },
      file: FILE,
    });
  });

  test.each([
    ['a syntax error', '{\n  "undoSeconds": 15,,\n}', '', 2],
    ['a key that does not exist', '{\n  "undoSecs": 15\n}', 'undoSecs', 2],
    ['a wrong type', '{\n\n  "undoSeconds": "15"\n}', 'undoSeconds', 3],
    ['a value out of range', '{ "outboxExpiryDays": 6 }', 'outboxExpiryDays', 1],
    ['http to another host', '{ "apiUrl": "http://partoo.example/v2" }', 'apiUrl', 1],
    ['a password in the address', '{ "apiUrl": "https://a:b@api.partoo.co" }', 'apiUrl', 1],
    [
      'a time inside a list',
      '{\n"sendingHours": [\n{ "days": [1], "from": "8:00", "to": "20:00" }]\n}',
      'sendingHours[0].from',
      3,
    ],
  ])('names the key and the line of %s', (_what, text, key, line) => {
    expect(parseManaged(text, FILE)).toMatchObject({
      kind: 'broken',
      problem: { kind: 'config', file: FILE, key, line },
    });
  });

  test('that was named must exist; the one of the machine need not', () => {
    const machine = '/nowhere/deskbell/config.json';
    expect(readManaged({ named: undefined, machine })).toEqual({
      kind: 'read',
      settings: {},
      file: null,
    });
    expect(readManaged({ named: machine, machine })).toMatchObject({
      kind: 'broken',
      problem: { file: machine, detail: 'ENOENT' },
    });
  });

  test('has its place on every system', () => {
    expect(machineConfigFile('linux', {})).toBe('/etc/deskbell/config.json');
    expect(machineConfigFile('darwin', {})).toContain('/Library/Application Support/');
    expect(machineConfigFile('win32', { PROGRAMDATA: 'D:\\Data' })).toContain('D:\\Data');
  });
});
