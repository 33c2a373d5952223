import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { launchCommand } from '../../build/launch.mjs';
import { root } from '../../build/setup/paths.mjs';
import { createRunInMain, type RunInMain } from './run-in-main.ts';

/** The options of one run of the application. */
export type Run = {
  /** Its data folder: a run in the same folder continues where the last one ended. */
  readonly dataFolder: string;
  readonly switches: readonly string[];
  /** Added to the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder with another built application than the project's own. */
  readonly application: string;
};

/** Deskbell on a screen, under the test's control. */
export type Launched = {
  /** Its process and windows; the way into its main process is `runInMain`. */
  readonly electron: Pick<ElectronApplication, 'process' | 'windows'>;
  readonly runInMain: RunInMain;
  readonly page: Page;
  /** Its output to standard output and standard error. */
  readonly output: () => string;
  /**
   * Quits as a person does, unless it has ended already. A run that does not end is killed and reported as an error.
   */
  readonly quit: () => Promise<void>;
  /** Kills the process. */
  readonly kill: () => Promise<void>;
};

export type Ended = { readonly code: number | null; readonly output: string };

const WAIT_FOR_PLAYWRIGHT = join(root, 'test/support/wait-for-playwright.cjs');
const QUIT_MS = 20_000;
/** A start takes two seconds, on a busy machine ten. */
const START_MS = 20_000;
const NETWORK_MS = 10_000;

/** The folder of the built application. */
export const builtApplication = root;

/** Starts the built application; resolves when its page has loaded and its network answers. */
export async function launch(run: Run): Promise<Launched> {
  const launched = await launchOnce(run);
  if (await hasNetwork(launched)) return launched;
  process.stderr.write('Chromium’s network service did not answer; starting once more.\n');
  await launched.quit();
  return launchOnce(run);
}

/**
 * Whether Chromium's network service answers. It is a process of its own, and on a busy machine it has happened that it never did:
 * the application then finds no proxy and serves no file to `session.fetch`, and a test waits for ever.
 */
async function hasNetwork({ runInMain }: Launched): Promise<boolean> {
  return runInMain(async ({ session }, withinMs) => {
    const late = new Promise<'late'>((resolve) => void setTimeout(resolve, withinMs, 'late'));
    const resolved = session.defaultSession.resolveHost('127.0.0.1').catch(() => 'failed');
    return (await Promise.race([resolved, late])) !== 'late';
  }, NETWORK_MS);
}

async function launchOnce(run: Run): Promise<Launched> {
  const electron = await start(run);
  let output = '';
  const child = electron.process();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = once(child, 'exit');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const page = await electron.firstWindow();
  await page.waitForURL(({ protocol }) => protocol === 'app:');
  return {
    electron,
    runInMain: createRunInMain(electron),
    page,
    output: () => output,
    quit: async () => {
      if (hasEnded()) return;
      let isKilled = false;
      const late = setTimeout(() => {
        isKilled = child.kill('SIGKILL');
      }, QUIT_MS);
      const begun = performance.now();
      await Promise.all([electron.close(), ended]);
      clearTimeout(late);
      const took = `${Math.round(performance.now() - begun)} ms`;
      if (isKilled) throw new Error(`Deskbell did not quit in ${took}:\n${output}`);
      // A Deskbell whose keychain does not answer ends itself with SIGKILL (electron/lifecycle/quit.ts).
      if (child.signalCode !== null && child.signalCode !== 'SIGKILL')
        throw new Error(`Deskbell ended with ${child.signalCode} after ${took}:\n${output}`);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function start(run: Run): Promise<ElectronApplication> {
  const { executable, args, env } = commandFor(run);
  return _electron.launch({
    executablePath: executable,
    args: ['-r', WAIT_FOR_PLAYWRIGHT, ...args],
    env,
    timeout: START_MS,
    // Playwright would disable the sandbox everywhere; the launcher does so only where it must.
    chromiumSandbox: true,
  });
}

/** Runs the application without attaching to it: `input` is its standard input. Resolves when it has ended. */
export async function runToEnd(run: Run, input: string): Promise<Ended> {
  const { executable, args, env } = commandFor(run);
  const child = spawn(executable, args, { env, stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  // A run that needs no input may have closed it already.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, output };
}

/** The command that starts the built application for a run. */
export function commandFor(run: Run) {
  const { executable, args, env } = launchCommand();
  return {
    executable,
    args: [
      ...args.map((arg) => (arg === root ? run.application : arg)),
      `--user-data-dir=${run.dataFolder}`,
      ...run.switches,
    ],
    env: Object.fromEntries(
      Object.entries({
        ...process.env,
        // Never in the home folder of the person who runs the tests.
        XDG_STATE_HOME: join(run.dataFolder, 'state'),
        ...env,
        ...run.env,
      }).filter(isWanted),
    ),
  };
}

/** Editors that are Electron applications pass on a variable that would start Deskbell as plain Node. */
function isWanted(
  variable: readonly [name: string, value: string | undefined],
): variable is [name: string, value: string] {
  const [name, value] = variable;
  return name !== 'ELECTRON_RUN_AS_NODE' && value !== undefined;
}
