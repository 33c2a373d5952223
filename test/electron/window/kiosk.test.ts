import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { askToLeave, openKiosk } from '../../../electron/window/kiosk.ts';

function aWindow() {
  const events = new EventEmitter();
  const done: boolean[] = [];
  let isVisible = true;
  const kiosk = openKiosk({
    on: (event, listener) => events.on(event, listener),
    setKiosk: (wish) => void done.push(wish),
    isDestroyed: () => false,
    isVisible: () => isVisible,
  });
  return {
    kiosk,
    done,
    hide: () => {
      isVisible = false;
    },
    leaveFullScreen: async () => {
      events.emit('leave-full-screen');
      await setImmediate();
    },
  };
}

describe('[row 180] a kiosk', () => {
  test('is set by its setting alone, also after a system key ended its full screen', async () => {
    const { kiosk, done, leaveFullScreen } = aWindow();
    kiosk.set('on');
    await leaveFullScreen();
    expect(kiosk.isOn()).toBe(true);
    expect(done).toEqual([true, true]);
  });

  test('is not set by full screen', async () => {
    const { kiosk, done, leaveFullScreen } = aWindow();
    expect(kiosk.isOn()).toBe(false);
    await leaveFullScreen();
    kiosk.set('on');
    kiosk.set('off');
    await leaveFullScreen();
    expect(kiosk.isOn()).toBe(false);
    expect(done).toEqual([true, false]);
  });

  test('hidden by a manager does not come back by itself', async () => {
    const { kiosk, done, hide, leaveFullScreen } = aWindow();
    kiosk.set('on');
    hide();
    await leaveFullScreen();
    expect(done).toEqual([true]);
  });
});

describe('[row 180] closing a kiosk', () => {
  async function close(mayLeave: () => Promise<boolean>) {
    const heard: unknown[] = [];
    await askToLeave({
      mayLeave,
      leave: () => void heard.push('leave'),
      askPin: () => void heard.push('pin'),
      reportBug: (error) => void heard.push(error),
    });
    return heard;
  }

  test('works where no PIN is needed', async () => {
    expect(await close(async () => true)).toEqual(['leave']);
  });

  test('asks for the PIN where one is needed, and after every failure', async () => {
    expect(await close(async () => false)).toEqual(['pin']);
    const bug = new Error('the log cannot be read');
    expect(await close(() => Promise.reject(bug))).toEqual([bug, 'pin']);
  });
});
