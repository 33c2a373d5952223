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

test('with nothing waiting the window closes and nobody is asked', () => {
  const { close, questions } = aWindow(0);
  expect(close()).toBe(true);
  expect(questions).toEqual([]);
});

test.each([
  ['keep', ['put aside']],
  ['quit', ['quit']],
  ['cancel', []],
] as const)('with something waiting it stays, and a person says: %s', async (answer, expected) => {
  const { close, questions, done } = aWindow(3);
  expect(close()).toBe(false);
  expect(questions.map(({ stake }) => stake.waiting)).toEqual([3]);
  questions[0]?.answer(answer);
  await ticks();
  expect(done).toEqual(expected);
});

test('there is one question at a time, and another one for another try', async () => {
  const { close, questions } = aWindow(1);
  expect([close(), close()]).toEqual([false, false]);
  expect(questions).toHaveLength(1);
  questions[0]?.answer('cancel');
  await ticks();
  expect(close()).toBe(false);
  expect(questions).toHaveLength(2);
});

test('when Deskbell quits otherwise, or the PC ends, nobody is asked', () => {
  const { closing, close, questions } = aWindow(3);
  closing.end();
  expect(close()).toBe(true);
  expect(questions).toEqual([]);
});

test('an open question is taken back when Deskbell quits otherwise, and its answer changes nothing', async () => {
  const { closing, close, questions, done } = aWindow(3);
  close();
  closing.end();
  expect(questions[0]?.signal.aborted).toBe(true);
  questions[0]?.answer('keep');
  await ticks();
  expect(done).toEqual([]);
  expect(close()).toBe(true);
});

test('a question that cannot be asked keeps nobody from quitting', async () => {
  const { close, questions, done, bugs } = aWindow(1);
  close();
  questions[0]?.fail(new Error('no dialog'));
  await ticks();
  expect(done).toEqual(['quit']);
  expect(bugs).toHaveLength(1);
});

test.each([0, 3])(
  'a kiosk with a PIN stays open, with %i waiting, and a manager is asked for',
  (waiting) => {
    const { close, done, questions } = aWindow(waiting, 'guarded');
    expect([close(), close()]).toEqual([false, false]);
    expect(done).toEqual(['ask manager', 'ask manager']);
    expect(questions).toEqual([]);
  },
);

test('with the PIN it closes like any other window', async () => {
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

test('the end of the PC closes a kiosk too', () => {
  const { closing, close } = aWindow(1, 'guarded');
  closing.end();
  expect(close()).toBe(true);
});

describe('[row 252] something is typed in the form that is saved nowhere', () => {
  test.each([0, 2])('closing asks before it is lost, with %i waiting', async (waiting) => {
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

  test('quitting in a menu asks too, once', async () => {
    const { closing, questions, done } = aWindow(0, 'free', true);
    closing.quit();
    closing.quit();
    expect(questions).toHaveLength(1);
    expect(done).toEqual([]);
    questions[0]?.answer('quit');
    await ticks();
    expect(done).toEqual(['quit']);
  });

  test('quitting in a menu asks about nothing that is on disk', () => {
    const { closing, questions, done } = aWindow(3);
    closing.quit();
    expect(questions).toEqual([]);
    expect(done).toEqual(['quit']);
  });

  test('a kiosk asks once the PIN was right', () => {
    const { closing, questions, done } = aWindow(0, 'guarded', true);
    closing.leave();
    expect(questions).toHaveLength(1);
    expect(done).toEqual([]);
  });

  test('nothing keeps the PC from ending', () => {
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
      closeDesk: async () => void asked.push('close the desk'),
      reportBug: (error) => void window.bugs.push(error),
    });
    return { ...window, session, asked };
  }

  test('the question is taken back before Windows waits for it, and nobody has answered it', async () => {
    const { close, session, questions, done, asked } = aSession(2);
    close();
    session.asked();
    expect(questions[0]?.signal.aborted).toBe(true);
    questions[0]?.answer('quit');
    await ticks();
    expect([done, asked]).toEqual([[], []]);
  });

  test('another program keeps it open: the next one who closes the window is asked again', async () => {
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

  test('it ends: nothing more is sent, what is in flight ends, and nobody is asked', async () => {
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

  test('a desk that cannot be closed is written down', async () => {
    const { closing, bugs } = aWindow(0);
    const trouble = new Error('disk');
    const session = createSessionEnd({
      closing,
      closeDesk: () => Promise.reject(trouble),
      reportBug: (error) => void bugs.push(error),
    });
    session.ends();
    await ticks();
    expect(bugs).toEqual([trouble]);
  });
});
