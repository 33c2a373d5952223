import { afterAll, afterEach, beforeAll, onTestFinished } from 'vitest';
import {
  openReception,
  type Desk,
  type Reception,
  type ReceptionOptions,
} from '../support/test-app.ts';

/** A reception for the running test. When the test fails it prints its state and saves a picture in out/e2e. */
export async function aReception(options?: ReceptionOptions): Promise<Reception> {
  const reception = await openReception(options);
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await explain(reception, task.name);
    await reception.close();
  });
  return reception;
}

type Shared = { readonly reception: Reception; readonly desk: Desk };

/**
 * One reception and one run of Deskbell for all tests of a file or a group: for tests that begin on any tab, invite
 * customers of their own, and leave the settings unchanged. Call it where the tests are declared, and its result within
 * them. `prepare` runs before Deskbell starts.
 */
export function aSharedDesk(
  options?: ReceptionOptions,
  prepare?: (reception: Reception) => Promise<void> | void,
): () => Shared {
  let shared: Shared | undefined;
  const get = (): Shared => {
    if (shared === undefined) throw new Error('the desk is open while the tests run');
    return shared;
  };
  beforeAll(async () => {
    const reception = await openReception(options);
    await prepare?.(reception);
    shared = { reception, desk: await reception.open() };
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await explain(get().reception, task.name);
  });
  afterAll(() => shared?.reception.close());
  return get;
}

async function explain({ describe, desks }: Reception, testName: string): Promise<void> {
  process.stderr.write(`${await describe()}\n`);
  const picture = `out/e2e/${testName.replaceAll(/\W+/g, '-')}.png`;
  const page = desks().at(-1)?.page;
  // A window that has ended cannot answer, and the failed test should say why it failed.
  await page?.screenshot({ path: picture, timeout: 5_000 }).catch(() => {});
}
