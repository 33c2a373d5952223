import { onTestFinished } from 'vitest';
import { openReception, type Reception, type ReceptionOptions } from '../support/reception.ts';

/** A reception for the running test. When the test fails it says what it knows, and leaves a picture in out/e2e. */
export async function aReception(options?: ReceptionOptions): Promise<Reception> {
  const reception = await openReception(options);
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await explain(reception, task.name);
    await reception.close();
  });
  return reception;
}

async function explain({ describe, desks }: Reception, testName: string): Promise<void> {
  process.stderr.write(`${await describe()}\n`);
  const picture = `out/e2e/${testName.replaceAll(/\W+/g, '-')}.png`;
  const page = desks().at(-1)?.page;
  // A window that died cannot be asked any more, and the failed test should say why it failed.
  await page?.screenshot({ path: picture, timeout: 5_000 }).catch(() => {});
}
