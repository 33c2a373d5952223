import { expect, test } from 'vitest';
import { createRunInMain, type ElectronModules, type Evaluator } from './support/run-in-main.ts';

/** Playwright while V8 loses the first results: the code runs, and its result does not arrive. */
function losing(lost: number): Evaluator & { readonly calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    evaluate: async (code, argument) => {
      calls += 1;
      // oxlint-disable-next-line typescript/consistent-type-assertions -- the jobs of this test use nothing of Electron
      const result = await code({} as ElectronModules, argument);
      if (calls <= lost) throw new Error('Resulting promise was garbage collected.');
      return result;
    },
  };
}

test('a call into the main process whose result is lost is answered, and ran once [row 166]', async () => {
  Object.assign(globalThis, { runs: 0 });
  const main = losing(2);
  const runs = await createRunInMain(main)((_electron, by: number) => {
    const before: number = Reflect.get(globalThis, 'runs');
    Object.assign(globalThis, { runs: before + by });
    return before + by;
  }, 1);
  expect(runs).toBe(1);
  expect(Reflect.get(globalThis, 'runs')).toBe(1);
  expect(main.calls()).toBe(3);
});

test('an error thrown in the main process is thrown in the test, lost or not [row 166]', async () => {
  for (const lost of [0, 1]) {
    const asked = createRunInMain(losing(lost))(() => {
      throw new Error('no such window');
    });
    await expect(asked).rejects.toThrow('no such window');
  }
});

test('gives up on an application that has ended [row 166]', async () => {
  const ended: Evaluator = {
    evaluate: () => Promise.reject(new Error('Target page, context or browser has been closed')),
  };
  await expect(createRunInMain(ended)(() => 1)).rejects.toThrow('has been closed');
});
