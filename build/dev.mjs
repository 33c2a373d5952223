// npm run dev: builds at every change, and then reloads the page or restarts the application.
import { EventEmitter, once } from 'node:events';
import { hasDisplay, withDesktopSession } from './desktop-session.mjs';
import { launchCommand } from './launch.mjs';
import { runProgram } from './run-program.mjs';
import { ensureBuilt, setUp } from './setup.mjs';
import { root } from './setup/paths.mjs';

/** @typedef {import('playwright').ElectronApplication} Application */

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Application>}
 */
const open = async (env) => {
  const { _electron: electron } = await import('playwright');
  const { executable, args } = launchCommand();
  const application = await electron.launch({
    executablePath: executable,
    args: [...args, ...process.argv.slice(2)],
    env: /** @type {Record<string, string>} */ (env),
  });
  application.process().stdout?.pipe(process.stdout);
  application.process().stderr?.pipe(process.stderr);
  return application;
};

/**
 * Builds each part again when its sources change, and then emits `page` or `program`.
 *
 * @param {EventEmitter} changes
 * @returns {Promise<() => Promise<void>>} stops it
 */
const watch = async (changes) => {
  const { createBuilder } = await import('vite');
  const builder = await createBuilder({ root, logLevel: 'warn', build: { watch: {} } });
  const watchers = await Promise.all(
    Object.values(builder.environments).map((environment) => builder.build(environment)),
  );
  for (const [index, part] of Object.keys(builder.environments).entries()) {
    const watcher = watchers[index];
    if (watcher === undefined || !('on' in watcher)) throw new Error('Vite does not watch');
    watcher.on('event', ({ code }) => {
      if (code === 'END') changes.emit(part === 'client' ? 'page' : 'program');
    });
  }
  return async () => {
    for (const watcher of watchers) if ('close' in watcher) await watcher.close();
  };
};

/**
 * Runs until the application is closed or the script interrupted.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 */
const develop = async (env, signal) => {
  const changes = new EventEmitter();
  const stopWatching = await watch(changes);
  let next = 'program';
  while (next === 'program') {
    const application = await open(env);
    const reload = () => {
      for (const page of application.windows()) void page.reload();
    };
    changes.on('page', reload);
    const closed = once(application.process(), 'exit').then(() => 'closed');
    next = await Promise.race([
      closed,
      once(changes, 'program').then(() => 'program'),
      once(signal, 'abort').then(() => 'interrupted'),
    ]);
    changes.off('page', reload);
    application.process().kill();
    await closed;
  }
  await stopWatching();
  return 0;
};

await runProgram(async (signal) => {
  await setUp('open', signal);
  await ensureBuilt(signal);
  return withDesktopSession(hasDisplay(process.env) ? [] : ['screen'], (env) =>
    develop(env, signal),
  );
});
