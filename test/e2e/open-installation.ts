import { afterAll, afterEach, beforeAll, onTestFinished } from 'vitest';
import {
  openInstallation,
  type RunningApp,
  type Installation,
  type InstallationOptions,
} from '../support/installation.ts';

/** A reception for the running test. When the test fails it prints its state and saves a picture in out/e2e. */
export async function anInstallation(options?: InstallationOptions): Promise<Installation> {
  const installation = await openInstallation(options);
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await explain(installation, task.name);
    await installation.close();
  });
  return installation;
}

type Shared = { readonly installation: Installation; readonly app: RunningApp };

/**
 * One reception and one run of Deskbell for all tests of a file or a group: for tests that begin on any tab, invite
 * customers of their own, and leave the settings unchanged. Call it where the tests are declared, and its result within
 * them. `prepare` runs before Deskbell starts.
 */
export function aSharedApp(
  options?: InstallationOptions,
  prepare?: (installation: Installation) => Promise<void> | void,
): () => Shared {
  let shared: Shared | undefined;
  const get = (): Shared => {
    if (shared === undefined) throw new Error('the desk is open while the tests run');
    return shared;
  };
  beforeAll(async () => {
    const installation = await openInstallation(options);
    await prepare?.(installation);
    shared = { installation, app: await installation.open() };
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await explain(get().installation, task.name);
  });
  afterAll(() => shared?.installation.close());
  return get;
}

async function explain({ describe, apps }: Installation, testName: string): Promise<void> {
  process.stderr.write(`${await describe()}\n`);
  const picture = `out/e2e/${testName.replaceAll(/\W+/g, '-')}.png`;
  const page = apps().at(-1)?.page;
  // A window that has ended cannot answer, and the failed test should say why it failed.
  await page?.screenshot({ path: picture, timeout: 5_000 }).catch(() => {});
}
