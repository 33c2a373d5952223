import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { App } from 'electron/main';
import { removeFile } from '../files/rename-and-remove.ts';

/** The switch with which the system starts Deskbell: it waits in the tray until somebody wants it. */
export const HIDDEN_SWITCH = 'hidden';

export type AutostartParts = {
  readonly platform: NodeJS.Platform;
  /** What starts this very Deskbell: the program and its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
};

export type Autostart = {
  /**
   * Has the system start Deskbell with the computer, or no longer. What a person has switched off in the system's own
   * list stays off as long as nobody changes the setting.
   */
  readonly set: (wish: 'on' | 'off') => 'done' | 'failed';
};

/** What starts with this user's session, as each system keeps it. No rights of an administrator are needed. */
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
      // Writing it again would also undo what a person chose in the system's own list.
      if (isThere() !== wanted) app.setLoginItemSettings({ ...item, openAtLogin: wanted });
      return isThere() === wanted ? 'done' : 'failed';
    },
  };
}

/**
 * As they are: since version 42 Electron quotes the program and each argument itself, by the rules of CommandLineToArgvW.
 * With quotes of our own the switches would not be read. https://github.com/electron/electron/pull/50016
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
          // That of another Deskbell on this PC is its own business.
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
 * One argument of an Exec key: quoted, and then escaped once more as every text of such a file
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
