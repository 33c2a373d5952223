// Starts a separate desktop for the application on Linux: a virtual screen, a D-Bus session and a Secret Service.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SetUpError } from './setup/run.mjs';

/** @typedef {{ readonly address: string, readonly stop: () => Promise<void> }} Service */

/**
 * Whether there is a screen to open windows on.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {boolean}
 */
export const hasDisplay = (env) =>
  process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);

/**
 * Starts a daemon that writes its address as a line to file descriptor 3 as soon as it is ready.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env the variables to add
 * @returns {Promise<Service>} rejects with a SetUpError
 */
const startService = async (command, args, env) => {
  // Detached, so that Ctrl+C in the terminal does not end it before the programs that still use it.
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const [, , complaints, addresses] = child.stdio;
  let trouble = '';
  complaints?.on('data', (part) => {
    trouble += String(part);
  });
  /** @type {string} */
  const address = await new Promise((resolve, reject) => {
    let text = '';
    addresses?.on('data', (part) => {
      text += String(part);
      if (text.includes('\n')) resolve(text.trim());
    });
    child.on('error', (error) => reject(new SetUpError(`${command}: ${error.message}`)));
    child.on('exit', () => reject(new SetUpError(`${command} ended at once.\n${trouble}`)));
  });
  const stop = async () => {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (!ended && child.kill()) await once(child, 'exit');
  };
  return { address, stop };
};

/**
 * An Xauthority file with one key for every display, in the format of libXau (struct xauth, AuWrite.c).
 *
 * @param {Buffer} key
 */
const xauthority = (key) => {
  const anyAddress = Buffer.from([0xff, 0xff]);
  const fields = ['', '', 'MIT-MAGIC-COOKIE-1', key].map((field) => {
    const content = Buffer.from(field);
    return Buffer.concat([Buffer.from([0, content.length]), content]);
  });
  return Buffer.concat([anyAddress, ...fields]);
};

/**
 * Starts a screen in memory that only programs with its key can use.
 *
 * @param {string} folder
 */
const openScreen = async (folder) => {
  const authority = path.join(folder, 'Xauthority');
  await writeFile(authority, xauthority(randomBytes(16)), { mode: 0o600 });
  const { address, stop } = await startService(
    'Xvfb',
    [
      '-displayfd',
      '3',
      '-screen',
      '0',
      '1280x1024x24',
      '-nolisten',
      'tcp',
      '-auth',
      authority,
      // Without it, Xvfb resets when its last client disconnects, and refuses a client that connects at that moment.
      '-noreset',
    ],
    {},
  );
  const env = {
    DISPLAY: `:${address}`,
    XAUTHORITY: authority,
    XDG_SESSION_TYPE: 'x11',
    WAYLAND_DISPLAY: undefined,
  };
  return { env, stop };
};

/**
 * Starts a Secret Service with an empty, unlocked keyring and its own user folders.
 *
 * @param {string} folder
 */
const openKeyring = async (folder) => {
  /** @type {NodeJS.ProcessEnv} */
  const env = {};
  for (const name of ['XDG_RUNTIME_DIR', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME']) {
    const place = path.join(folder, name);
    await mkdir(place, { mode: 0o700 });
    env[name] = place;
  }
  const bus = await startService(
    'dbus-daemon',
    ['--session', '--nofork', '--print-address=3'],
    env,
  );
  env['DBUS_SESSION_BUS_ADDRESS'] = bus.address;
  // The daemon runs in the background, and ends with its bus.
  const keyring = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  keyring.stdin.end('a password for an empty keyring');
  const [code] = await once(keyring, 'exit');
  if (code === 0) return { env, stop: bus.stop };
  await bus.stop();
  throw new SetUpError(`gnome-keyring-daemon did not start (exit code ${code}).`);
};

const PARTS = { screen: openScreen, keyring: openKeyring };

/**
 * Runs `work` in a desktop session with these parts, and removes the session afterwards. A session with a keyring has
 * its own user folders. Windows and macOS have all parts already: there `work` gets the unchanged environment.
 *
 * @template T
 * @param {readonly (keyof typeof PARTS)[]} parts
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work
 * @returns {Promise<T>}
 */
export const withDesktopSession = async (parts, work) => {
  if (process.platform !== 'linux' || parts.length === 0) return work(process.env);
  const folder = await mkdtemp(path.join(tmpdir(), 'deskbell-session-'));
  const opened = [];
  try {
    for (const part of parts) opened.push(await PARTS[part](folder));
    return await work(Object.assign({}, process.env, ...opened.map(({ env }) => env)));
  } finally {
    await Promise.all(opened.map(({ stop }) => stop()));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

/**
 * Runs `work` with one desktop session per worker, each with these parts, so that parallel tests share no screen,
 * clipboard or keyring.
 *
 * @template T
 * @param {number} count at least 1
 * @param {readonly (keyof typeof PARTS)[]} parts
 * @param {(sessions: readonly NodeJS.ProcessEnv[]) => Promise<T>} work gets the environment of each session
 * @returns {Promise<T>}
 */
export const withDesktopSessions = (count, parts, work) =>
  withDesktopSession(parts, (env) =>
    count === 1
      ? work([env])
      : withDesktopSessions(count - 1, parts, (others) => work([env, ...others])),
  );
