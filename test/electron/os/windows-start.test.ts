import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { root } from '../../../build/setup/paths.mjs';
import { openAutostart, type AutostartParts } from '../../../electron/os/autostart.ts';
import { openProtocolClient } from '../../../electron/os/protocol-client.ts';
import { commandLineToArgv, electronCommandLine } from './windows-command-line.ts';

type Command = AutostartParts['command'];

/** A folder or file name that Windows allows. */
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
/** Any value of a switch, often a folder that ends with a backslash. */
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

/** The command that Windows starts for a link, as Electron writes it to the registry. */
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

describe('[row 174] Windows starts the command that Deskbell registered', () => {
  test('for a link, which stays after the "--"', () => {
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

  test('with a folder that ends with a backslash', () => {
    const command: Command = [
      String.raw`C:\Program Files\Deskbell\Deskbell.exe`,
      `--user-data-dir=D:\\my desk\\`,
      `--config=C:\\my desk.json`,
    ];
    expect(argvOfLink(command, LINK)).toEqual([...command, '--', LINK]);
    expect(argvAtLogin(command)).toEqual([...command, '--hidden']);
  });

  test('with an Electron before version 42, which does not quote', () => {
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
])('parses the examples of Microsoft: %s', (line, argv) => {
  expect(commandLineToArgv(line)).toEqual(argv);
});
