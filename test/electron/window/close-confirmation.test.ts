import { describe, expect, test } from 'vitest';
import {
  createCloseConfirmation,
  createSessionEnd,
  type AtStake,
  type ClosingAnswer,
} from '../../../electron/window/close-confirmation.ts';
import { ticks } from '../../support/clock.ts';

type Question = {
  readonly stake: AtStake;
  readonly signal: AbortSignal;
  readonly answer: (answer: ClosingAnswer) => void;
  readonly fail: (error: Error) => void;
};

function aWindow(waiting: number, guard: 'free' | 'guarded' = 'free', isFormFilled = false) {
  const questions: Question[] = [];
  const done: string[] = [];
  const bugs: unknown[] = [];
  const closing = createCloseConfirmation({
    isGuarded: () => guard === 'guarded',
    askManager: () => void done.push('ask manager'),
    atStake: () => ({ waiting, isFormFilled }),
    ask: (stake, signal) =>
      new Promise<ClosingAnswer>((answer, fail) => {
        questions.push({ stake, signal, answer, fail });
      }),
    hideWindow: () => void done.push('put aside'),
    quit: () => void done.push('quit'),
    reportBug: (error) => void bugs.push(error),
  });
  /** Whether the window closes. */
  const close = (): boolean => {
    let closes = true;
    closing.close({
      preventDefault: () => {
        closes = false;
      },
    });
    return closes;
  };
  return { closing, close, questions, done, bugs };
}

test('closes without a question when nothing waits', () => {
  const { close, questions } = aWindow(0);
  expect(close()).toBe(true);
  expect(questions).toEqual([]);
});

test.each([
  ['keep', ['put aside']],
  ['quit', ['quit']],
  ['cancel', []],
] as const)(
  'with waiting invitations the window stays, and a person answers: %s',
  async (answer, expected) => {
    const { close, questions, done } = aWindow(3);
    expect(close()).toBe(false);
    expect(questions.map(({ stake }) => stake.waiting)).toEqual([3]);
    questions[0]?.answer(answer);
    await ticks();
    expect(done).toEqual(expected);
  },
);

test('asks one question at a time, and again at the next try', async () => {
  const { close, questions } = aWindow(1);
  expect([close(), close()]).toEqual([false, false]);
  expect(questions).toHaveLength(1);
  questions[0]?.answer('cancel');
  await ticks();
  expect(close()).toBe(false);
  expect(questions).toHaveLength(2);
});

test('asks nothing when Deskbell quits otherwise or the PC shuts down', () => {
  const { closing, close, questions } = aWindow(3);
  closing.end();
  expect(close()).toBe(true);
  expect(questions).toEqual([]);
});

test('withdraws an open question when Deskbell quits otherwise, and ignores its answer', async () => {
  const { closing, close, questions, done } = aWindow(3);
  close();
  closing.end();
  expect(questions[0]?.signal.aborted).toBe(true);
  questions[0]?.answer('keep');
  await ticks();
  expect(done).toEqual([]);
  expect(close()).toBe(true);
});

test('a question that cannot be shown does not block quitting', async () => {
  const { close, questions, done, bugs } = aWindow(1);
  close();
  questions[0]?.fail(new Error('no dialog'));
  await ticks();
  expect(done).toEqual(['quit']);
  expect(bugs).toHaveLength(1);
});

test.each([0, 3])(
  'a kiosk with a PIN stays open, with %i waiting, and asks for a manager',
  (waiting) => {
    const { close, done, questions } = aWindow(waiting, 'guarded');
    expect([close(), close()]).toEqual([false, false]);
    expect(done).toEqual(['ask manager', 'ask manager']);
    expect(questions).toEqual([]);
  },
);

test('with the PIN a kiosk closes like any window', async () => {
  const empty = aWindow(0, 'guarded');
  empty.closing.leave();
  expect(empty.done).toEqual(['quit']);
  const full = aWindow(2, 'guarded');
  full.closing.leave();
  expect(full.questions.map(({ stake }) => stake.waiting)).toEqual([2]);
  full.questions[0]?.answer('keep');
  await ticks();
  expect(full.done).toEqual(['put aside']);
});

test('shutting down the PC closes a kiosk too', () => {
  const { closing, close } = aWindow(1, 'guarded');
  closing.end();
  expect(close()).toBe(true);
});

describe('[row 252] unsaved text in the form', () => {
  test.each([0, 2])('asks before closing, with %i waiting', async (waiting) => {
    const { close, questions, done } = aWindow(waiting, 'free', true);
    expect(close()).toBe(false);
    expect(questions.map(({ stake }) => stake)).toEqual([{ waiting, isFormFilled: true }]);
    questions[0]?.answer('cancel');
    await ticks();
    expect(done).toEqual([]);
    expect(close()).toBe(false);
    questions[1]?.answer('quit');
    await ticks();
    expect(done).toEqual(['quit']);
  });

  test('asks once when quitting in a menu', async () => {
    const { closing, questions, done } = aWindow(0, 'free', true);
    closing.quit();
    closing.quit();
    expect(questions).toHaveLength(1);
    expect(done).toEqual([]);
    questions[0]?.answer('quit');
    await ticks();
    expect(done).toEqual(['quit']);
  });

  test('does not count when it is already saved: quitting in a menu asks nothing', () => {
    const { closing, questions, done } = aWindow(3);
    closing.quit();
    expect(questions).toEqual([]);
    expect(done).toEqual(['quit']);
  });

  test('asks once after the right PIN in a kiosk', () => {
    const { closing, questions, done } = aWindow(0, 'guarded', true);
    closing.leave();
    expect(questions).toHaveLength(1);
    expect(done).toEqual([]);
  });

  test('does not keep the PC from shutting down', () => {
    const { closing, close, questions } = aWindow(0, 'free', true);
    closing.end();
    expect(close()).toBe(true);
    expect(questions).toEqual([]);
  });
});

describe('[row 177] the session of Windows ends', () => {
  function aSession(waiting: number) {
    const window = aWindow(waiting);
    const asked: string[] = [];
    const session = createSessionEnd({
      closing: window.closing,
      closeApp: async () => void asked.push('close the desk'),
      reportBug: (error) => void window.bugs.push(error),
    });
    return { ...window, session, asked };
  }

  test('withdraws the question before Windows waits for it, without an answer', async () => {
    const { close, session, questions, done, asked } = aSession(2);
    close();
    session.asked();
    expect(questions[0]?.signal.aborted).toBe(true);
    questions[0]?.answer('quit');
    await ticks();
    expect([done, asked]).toEqual([[], []]);
  });

  test('another program blocks the shutdown: the next close asks again', async () => {
    const { close, session, questions, done } = aSession(2);
    close();
    session.asked();
    questions[0]?.answer('cancel');
    await ticks();
    expect(close()).toBe(false);
    expect(questions).toHaveLength(2);
    expect(questions[1]?.signal.aborted).toBe(false);
    questions[1]?.answer('keep');
    await ticks();
    expect(done).toEqual(['put aside']);
  });

  test('stops sending, waits for the request in flight, and asks nothing', async () => {
    const { close, session, questions, asked } = aSession(2);
    close();
    session.asked();
    session.ends();
    session.ends();
    expect(questions[0]?.signal.aborted).toBe(true);
    expect(asked).toEqual(['close the desk']);
    questions[0]?.answer('cancel');
    await ticks();
    expect(close()).toBe(true);
    expect(questions).toHaveLength(1);
  });

  test('records that a desk session could not close', async () => {
    const { closing, bugs } = aWindow(0);
    const trouble = new Error('disk');
    const session = createSessionEnd({
      closing,
      closeApp: () => Promise.reject(trouble),
      reportBug: (error) => void bugs.push(error),
    });
    session.ends();
    await ticks();
    expect(bugs).toEqual([trouble]);
  });
});
