import type { Launched } from './launch.ts';

/** The parts of a system dialog that a test reads. */
export type Box = {
  readonly message: string;
  readonly buttons?: readonly string[];
  readonly defaultId?: number;
  readonly cancelId?: number;
};

/**
 * Answers system dialogs like a person: each with the next of these buttons, and every further one with the last.
 * Resolves to a function that returns all questions so far.
 */
export async function answerBoxes(
  { runInMain }: Pick<Launched, 'runInMain'>,
  buttons: readonly [number, ...number[]],
): Promise<() => Promise<readonly Box[]>> {
  await runInMain(({ dialog }, answers) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { boxesOfTests: asked });
    Object.assign(dialog, {
      showMessageBox: async (_window: unknown, box: unknown) => {
        const response = answers[asked.length] ?? answers.at(-1);
        asked.push(box);
        return { response, checkboxChecked: false };
      },
    });
  }, buttons);
  return () =>
    runInMain(() => {
      const asked: readonly Box[] = Reflect.get(globalThis, 'boxesOfTests');
      return asked;
    });
}
