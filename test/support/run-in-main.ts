import { randomUUID } from 'node:crypto';
import type { ElectronApplication } from 'playwright';

/** Electron's modules, as the main process has them. */
export type ElectronModules = Parameters<
  Exclude<Parameters<ElectronApplication['evaluate']>[0], string>
>[0];

type Work<A, R> = (electron: ElectronModules, argument: A) => R | Promise<R>;

/**
 * Runs `work` in the main process, exactly once, and resolves to its result. The function is sent as text: it may use its
 * two arguments and nothing of the test around it. The argument and the result are plain data.
 */
export type RunInMain = {
  <R>(work: Work<undefined, R>): Promise<R>;
  <A, R>(work: Work<A, R>, argument: A): Promise<R>;
};

type Job<A> = { readonly id: string; readonly source: string; readonly argument: A };

type Outcome<R> =
  | { readonly kind: 'done'; readonly result: R }
  | { readonly kind: 'failed'; readonly error: string };

/** Runs a function in the main process and waits for its result, as Playwright's ElectronApplication does. */
export type Evaluator = {
  readonly evaluate: <A, R>(code: Work<A, R>, argument: A) => Promise<R>;
};

/**
 * The only way of the tests into the main process. V8 may collect the promise by which Playwright waits for a result
 * (https://github.com/microsoft/playwright/issues/33737). So the main process keeps the outcome of each job by its id:
 * a lost outcome is read again, and the job itself never runs twice.
 */
export function createRunInMain(application: Evaluator): RunInMain {
  return async <A, R>(work: Work<A | undefined, R>, argument?: A): Promise<R> => {
    const job = { id: randomUUID(), source: String(work), argument };
    const outcome = await readOutcome<A | undefined, R>(application, job);
    if (outcome.kind === 'failed') throw new Error(`In the main process: ${outcome.error}`);
    return outcome.result;
  };
}

async function readOutcome<A, R>(application: Evaluator, job: Job<A>): Promise<Outcome<R>> {
  for (;;) {
    try {
      return await application.evaluate(keepOutcome<A, R>, job);
    } catch (error) {
      if (!String(error).includes('promise was garbage collected')) throw error;
    }
  }
}

/** Runs in the main process: begins the job unless it has begun, and returns its outcome, which stays stored. */
function keepOutcome<A, R>(
  electron: ElectronModules,
  { id, source, argument }: Job<A>,
): Promise<Outcome<R>> {
  const name = 'outcomesOfTests';
  if (!Reflect.has(globalThis, name)) Object.assign(globalThis, { [name]: new Map() });
  const outcomes: Map<string, Promise<Outcome<R>>> = Reflect.get(globalThis, name);
  const begin = async (): Promise<Outcome<R>> => {
    try {
      // oxlint-disable-next-line no-eval -- the test's own function, which Playwright would have run in the same way
      const work: Work<A, R> = (0, eval)(`(${source})`);
      return { kind: 'done', result: await work(electron, argument) };
    } catch (error) {
      return {
        kind: 'failed',
        error: error instanceof Error ? String(error.stack) : String(error),
      };
    }
  };
  const outcome = outcomes.get(id) ?? begin();
  outcomes.set(id, outcome);
  return outcome;
}
