import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { root } from '../../../build/setup/paths.mjs';
import { openAutostart, type AutostartParts } from '../../../electron/os/autostart.ts';
import { openProtocolClient } from '../../../electron/os/protocol-client.ts';
import { commandLineToArgv, electronCommandLine } from './windows-command-line.ts';

type Command = AutostartParts['command'];

/** A folder or file as Windows allows it. */
const segment = fc
  .string({
    unit: fc.constantFrom('a', 'b', ' ', 'é', '.', '-', '&', '%', '^'),
    minLength: 1,
    maxLength: 8,
  })
  .map((name) => name.trim())
  .filter((name) => name !== '');
const path = fc.array(segment, { maxLength: 3 }).map((names) => ['C:', ...names].join('\\'));
const program = path.map((folder) => `${folder}\\Deskbell.exe`);
/** Whatever stands behind a switch, and folders that end with a backslash more often than others. */
const value = fc.oneof(
  path.map((folder) => `${folder}\\`),
  fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', '-'), minLength: 1, maxLength: 12 }),
);
const aCommand: fc.Arbitrary<Command> = fc
  .tuple(program, fc.array(value, { maxLength: 2 }))
  .map(([exe, values]) => withFolders(exe, values));

function withFolders(exe: string, folders: readonly string[]): Command {
  return [exe, ...folders.map((folder) => `--user-data-dir=${folder}`)];
}

/** What Windows starts for a link, as the registry has it once Electron has written it. */
function argvOfLink(command: Command, link: string): readonly string[] {
  let line = '';
  openProtocolClient({
    scheme: 'deskbell',
    platform: 'win32',
    command,
    app: {
      isDefaultProtocolClient: () => false,
      setAsDefaultProtocolClient: (_scheme, exe = '', args = []) => {
        line = `${electronCommandLine([exe, ...args])} "%1"`;
        return true;
      },
      removeAsDefaultProtocolClient: () => true,
    },
  }).set('on');
  return commandLineToArgv(line.replace('%1', link));
}

function argvAtLogin(command: Command): readonly string[] {
  let line = '';
  const app = {
    getLoginItemSettings: () => ({ openAtLogin: line !== '' }),
    setLoginItemSettings: (item: { readonly path?: string; readonly args?: string[] }) => {
      line = electronCommandLine([item.path ?? '', ...(item.args ?? [])]);
    },
  };
  openAutostart({
    platform: 'win32',
    command,
    // oxlint-disable-next-line typescript/consistent-type-assertions -- of what Electron answers only this is read
    app: app as unknown as AutostartParts['app'],
    env: {},
    homeFolder: '',
  }).set('on');
  return commandLineToArgv(line);
}

const LINK = 'deskbell://invite?phone=0639980012';

describe('[row 174] what Windows starts is what Deskbell named', () => {
  test('for a link, which stays behind the "--"', () => {
    fc.assert(
      fc.property(aCommand, (command) => {
        expect(argvOfLink(command, LINK)).toEqual([...command, '--', LINK]);
      }),
    );
  });

  test('at login', () => {
    fc.assert(
      fc.property(aCommand, (command) => {
        expect(argvAtLogin(command)).toEqual([...command, '--hidden']);
      }),
    );
  });

  test('also with a folder that ends with a backslash', () => {
    const command: Command = [
      String.raw`C:\Program Files\Deskbell\Deskbell.exe`,
      `--user-data-dir=D:\\my desk\\`,
      `--config=C:\\my desk.json`,
    ];
    expect(argvOfLink(command, LINK)).toEqual([...command, '--', LINK]);
    expect(argvAtLogin(command)).toEqual([...command, '--hidden']);
  });

  test('with an Electron that quotes by itself, as those before version 42 do not', () => {
    const { version } = JSON.parse(
      readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'),
    );
    expect(Number(String(version).split('.')[0])).toBeGreaterThanOrEqual(42);
  });
});

test.each([
  [String.raw`a.exe "b c" d`, ['a.exe', 'b c', 'd']],
  [String.raw`"C:\x\" "a\\" b`, ['C:\\x\\', 'a\\', 'b']],
  [String.raw`a.exe "ab\"c" "\\" d`, ['a.exe', 'ab"c', '\\', 'd']],
  [String.raw`a.exe a\\b d"e f"g h`, ['a.exe', 'a\\\\b', 'de fg', 'h']],
  [String.raw`a.exe a\\\"b c d`, ['a.exe', 'a\\"b', 'c', 'd']],
  [String.raw`a.exe a\\\\"b c" d e`, ['a.exe', 'a\\\\b c', 'd', 'e']],
])('the examples of Microsoft: %s', (line, argv) => {
  expect(commandLineToArgv(line)).toEqual(argv);
});
