import { expect, test } from 'vitest';
import { createCrashRecovery } from '../../../electron/window/crash-recovery.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { createFakeClock, ticks } from '../../support/clock.ts';

function aPage() {
  const clock = createFakeClock(0);
  const done: string[] = [];
  const bugs: unknown[] = [];
  const questions: { answer: (to: 'again' | 'quit') => void; fail: (why: Error) => void }[] = [];
  const rescue = createCrashRecovery({
    clock,
    reload: () => void done.push('reload'),
    ask: () =>
      new Promise((answer, fail) => {
        questions.push({ answer, fail });
      }),
    quit: () => void done.push('quit'),
    reportBug: (error) => void bugs.push(error),
  });
  const crash = (times: number) => {
    for (let nth = 0; nth < times; nth += 1) rescue.crashed();
  };
  return { clock, done, bugs, questions, crash };
}

test('reloads a crashed page (row 11)', () => {
  const { crash, done, questions } = aPage();
  crash(2);
  expect(done).toEqual(['reload', 'reload']);
  expect(questions).toEqual([]);
});

test.each([
  ['again', 'reload'],
  ['quit', 'quit'],
] as const)(
  'after the third crash within a minute asks a person, who answers: %s',
  async (answer, does) => {
    const { crash, done, questions } = aPage();
    crash(5);
    expect(done).toEqual(['reload', 'reload']);
    expect(questions).toHaveLength(1);
    questions[0]?.answer(answer);
    await ticks();
    expect(done.at(-1)).toBe(does);
  },
);

test('crashes far apart each reload', async () => {
  const { clock, crash, done, questions } = aPage();
  for (let nth = 0; nth < 10; nth += 1) {
    crash(1);
    await clock.advance(MINUTE_MS / 2 + SECOND_MS);
  }
  expect(done).toHaveLength(10);
  expect(questions).toEqual([]);
});

test('Try again allows the same number of crashes again', async () => {
  const { crash, done, questions } = aPage();
  crash(3);
  questions[0]?.answer('again');
  await ticks();
  crash(2);
  expect(done).toHaveLength(5);
  expect(questions).toHaveLength(1);
});

test('reloads when the question cannot be shown', async () => {
  const { crash, done, bugs, questions } = aPage();
  crash(3);
  questions[0]?.fail(new Error('no dialog'));
  await ticks();
  expect(done).toEqual(['reload', 'reload', 'reload']);
  expect(bugs).toHaveLength(1);
});
