import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openAutostart, type AutostartParts } from '../../../electron/os/autostart.ts';

type Item = {
  readonly path?: string;
  readonly args?: readonly string[];
  readonly openAtLogin?: boolean;
};

/** The login items of a system, as Electron shows them. */
function loginItems(isObedient: 'obedient' | 'deaf' = 'obedient') {
  let isThere = false;
  const set: Item[] = [];
  const get: Item[] = [];
  const app = {
    getLoginItemSettings: (item: Item) => {
      get.push(item);
      return { openAtLogin: isThere };
    },
    setLoginItemSettings: (item: Item) => {
      set.push(item);
      if (isObedient === 'obedient') isThere = item.openAtLogin ?? false;
    },
  };
  // oxlint-disable-next-line typescript/consistent-type-assertions -- of what Electron answers only this is read
  return { app: app as unknown as AutostartParts['app'], set, get };
}

function aHome(changes: Partial<AutostartParts> = {}) {
  const homeFolder = mkdtempSync(join(tmpdir(), 'deskbell-home-'));
  onTestFinished(() => rmSync(homeFolder, { recursive: true, force: true }));
  const parts: AutostartParts = {
    platform: 'linux',
    command: ['/opt/Deskbell/deskbell', '--config=/etc/my desk.json'],
    app: loginItems().app,
    env: {},
    homeFolder,
    ...changes,
  };
  const file = join(homeFolder, '.config/autostart/deskbell.desktop');
  return { autostart: openAutostart(parts), file, parts };
}

describe('Linux', () => {
  test("writes an entry to the session's autostart folder", () => {
    const { autostart, file } = aHome();
    expect(autostart.set('on')).toBe('done');
    expect(readFileSync(file, 'utf8').split('\n')).toEqual([
      '[Desktop Entry]',
      'Type=Application',
      'Name=Deskbell',
      'Icon=deskbell',
      'Exec="/opt/Deskbell/deskbell" "--config=/etc/my desk.json" "--hidden"',
      'Terminal=false',
      'X-GNOME-Autostart-enabled=true',
      '',
    ]);
    expect(autostart.set('off')).toBe('done');
    expect(existsSync(file)).toBe(false);
    expect(autostart.set('off')).toBe('done');
  });

  test('uses the folder that the session names', () => {
    const { parts } = aHome();
    const own = join(parts.homeFolder, 'own');
    openAutostart({ ...parts, env: { XDG_CONFIG_HOME: own } }).set('on');
    expect(existsSync(join(own, 'autostart/deskbell.desktop'))).toBe(true);
    openAutostart({ ...parts, env: { XDG_CONFIG_HOME: 'not/absolute' } }).set('on');
    expect(existsSync(join(parts.homeFolder, '.config/autostart/deskbell.desktop'))).toBe(true);
  });

  test.each([
    ['/a b/c', String.raw`"/a b/c"`],
    ['/a"b', String.raw`"/a\\"b"`],
    ['/a$b`c', '"/a\\\\$b\\\\`c"'],
    [String.raw`/a\b`, String.raw`"/a\\\\b"`],
    ['/100%', '"/100%%"'],
    ['/a\nExec=evil', String.raw`"/a\nExec=evil"`],
  ])('writes %j so that it is read back unchanged', (program, written) => {
    const { autostart, file } = aHome({ command: [program] });
    autostart.set('on');
    expect(readFileSync(file, 'utf8')).toContain(`\nExec=${written} "--hidden"\n`);
  });

  test('stays off when a person switched it off in the system, until the setting changes', () => {
    const { autostart, file } = aHome();
    autostart.set('on');
    const off = readFileSync(file, 'utf8').replace('enabled=true', 'enabled=false');
    writeFileSync(file, off);
    expect(autostart.set('on')).toBe('done');
    expect(readFileSync(file, 'utf8')).toBe(off);
  });

  test("updates the entry of a Deskbell that has moved, and leaves another installation's entry alone", () => {
    const { autostart, file, parts } = aHome();
    const moved = openAutostart({ ...parts, command: ['/elsewhere/deskbell'] });
    autostart.set('on');
    moved.set('off');
    expect(existsSync(file)).toBe(true);
    moved.set('on');
    expect(readFileSync(file, 'utf8')).toContain('Exec="/elsewhere/deskbell" "--hidden"');
  });

  test('reports a folder that cannot be used', () => {
    const { autostart, parts } = aHome();
    mkdirSync(join(parts.homeFolder, '.config'));
    writeFileSync(join(parts.homeFolder, '.config/autostart'), 'a file');
    chmodSync(join(parts.homeFolder, '.config'), 0o500);
    expect(autostart.set('on')).toBe('failed');
    chmodSync(join(parts.homeFolder, '.config'), 0o700);
  });
});

describe('Windows', () => {
  test('passes the program and its arguments unquoted: Electron quotes them', () => {
    const { app, set, get } = loginItems();
    const { autostart } = aHome({
      platform: 'win32',
      app,
      command: [
        String.raw`C:\Program Files\Deskbell\Deskbell.exe`,
        String.raw`--config=C:\my desk.json`,
      ],
    });
    expect(autostart.set('on')).toBe('done');
    const item = {
      path: String.raw`C:\Program Files\Deskbell\Deskbell.exe`,
      args: [String.raw`--config=C:\my desk.json`, '--hidden'],
    };
    expect(set).toEqual([{ ...item, openAtLogin: true }]);
    expect(get[0]).toEqual(item);
  });
});

describe.each(['win32', 'darwin'] as const)('the login items of %s', (platform) => {
  test('change only when they differ', () => {
    const { app, set } = loginItems();
    const { autostart } = aHome({ platform, app });
    expect(autostart.set('off')).toBe('done');
    expect(set).toEqual([]);
    autostart.set('on');
    autostart.set('on');
    expect(set).toHaveLength(1);
    expect(autostart.set('off')).toBe('done');
    expect(set).toHaveLength(2);
  });

  test('report a change that had no effect', () => {
    const { autostart } = aHome({ platform, app: loginItems('deaf').app });
    expect(autostart.set('on')).toBe('failed');
  });
});

test('macOS starts the bundle without arguments', () => {
  const { app, set } = loginItems();
  aHome({ platform: 'darwin', app }).autostart.set('on');
  expect(set).toEqual([{ openAtLogin: true }]);
});
