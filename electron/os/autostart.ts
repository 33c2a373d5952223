import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { App } from 'electron/main';
import { removeFile } from '../files/rename-and-remove.ts';

/** The switch with which the system starts Deskbell: the window stays hidden in the tray. */
export const HIDDEN_SWITCH = 'hidden';

export type AutostartParts = {
  readonly platform: NodeJS.Platform;
  /** Starts this installation of Deskbell: the program and its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
};

export type Autostart = {
  /**
   * Turns the start with the computer on or off. If the user has disabled it in the system's own list, it stays
   * disabled until the setting changes.
   */
  readonly set: (wish: 'on' | 'off') => 'done' | 'failed';
};

/** Manages the autostart entry of this user on each system. Needs no administrator rights. */
export function openAutostart(parts: AutostartParts): Autostart {
  const command = [...parts.command, `--${HIDDEN_SWITCH}`] as const;
  if (parts.platform === 'linux') return inFolder(autostartFolder(parts), command);
  if (parts.platform === 'win32') return inLoginItems(parts.app, windowsLoginItem(command));
  // macOS starts the bundle, without arguments.
  return inLoginItems(parts.app, {});
}

type LoginItem = { readonly path?: string; readonly args?: string[] };

function inLoginItems(app: AutostartParts['app'], item: LoginItem): Autostart {
  return {
    set: (wish) => {
      const isThere = () => app.getLoginItemSettings(item).openAtLogin;
      const wanted = wish === 'on';
      // Writing an unchanged entry would revert what the user chose in the system's own list.
      if (isThere() !== wanted) app.setLoginItemSettings({ ...item, openAtLogin: wanted });
      return isThere() === wanted ? 'done' : 'failed';
    },
  };
}

/**
 * Passes the arguments unquoted: since version 42 Electron quotes the program and each argument itself, by the rules
 * of CommandLineToArgvW, and switches that are quoted twice are not read.
 * https://github.com/electron/electron/pull/50016
 */
function windowsLoginItem([program, ...args]: readonly [string, ...string[]]): LoginItem {
  return { path: program, args };
}

/** https://specifications.freedesktop.org/autostart-spec/latest/ */
function autostartFolder({ env, homeFolder }: AutostartParts): string {
  const own = env['XDG_CONFIG_HOME'] ?? '';
  return join(isAbsolute(own) ? own : join(homeFolder, '.config'), 'autostart');
}

function inFolder(folder: string, command: readonly string[]): Autostart {
  const file = join(folder, 'deskbell.desktop');
  const exec = `Exec=${command.map(execArgument).join(' ')}`;
  const isOurs = () => readIfThere(file).split('\n').includes(exec);
  return {
    set: (wish) => {
      try {
        if (wish === 'off') {
          // An entry of another Deskbell on this PC stays.
          if (isOurs()) removeFile(file);
        } else if (!isOurs()) {
          mkdirSync(folder, { recursive: true });
          writeFileSync(file, entry(exec));
        }
        return 'done';
      } catch {
        return 'failed';
      }
    },
  };
}

function entry(exec: string): string {
  const lines = ['[Desktop Entry]', 'Type=Application', 'Name=Deskbell', 'Icon=deskbell', exec];
  return `${[...lines, 'Terminal=false', 'X-GNOME-Autostart-enabled=true'].join('\n')}\n`;
}

/**
 * Quotes one argument of an Exec key, then escapes it like every value of such a file
 * (https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html).
 */
function execArgument(argument: string): string {
  const quoted = `"${argument.replaceAll(/["`$\\]/g, String.raw`\$&`)}"`;
  return quoted
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('%', '%%');
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
