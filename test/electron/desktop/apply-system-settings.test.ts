import { expect, test } from 'vitest';
import {
  createSystemSettings,
  type SystemSettingsParts,
  type SystemSettings,
} from '../../../electron/desktop/apply-system-settings.ts';

const NOTHING: SystemSettings = {
  startWithComputer: false,
  hotKey: null,
  kiosk: false,
  deepLink: false,
};

function aSystem(changes: Partial<SystemSettingsParts> = {}) {
  let done: string[] = [];
  const bugs: unknown[] = [];
  const habits = createSystemSettings({
    setAutostart: (wish) => {
      done.push(`autostart ${wish}`);
      return 'done';
    },
    registerHotKey: (key) => {
      done.push(`register ${key}`);
      return true;
    },
    releaseHotKey: (key) => void done.push(`release ${key}`),
    setLinkHandler: (wish) => void done.push(`links ${wish}`),
    setKiosk: (wish) => void done.push(`kiosk ${wish}`),
    reportBug: (error) => void bugs.push(error),
    ...changes,
  });
  const follow = (wishes: Partial<SystemSettings>) => {
    done = [];
    habits.follow({ ...NOTHING, ...wishes });
    return done;
  };
  return { habits, follow, bugs };
}

test('removes stale system settings at start-up, and leaves them alone afterwards', () => {
  const { follow, habits } = aSystem();
  expect(follow({})).toEqual(['kiosk off', 'autostart off', 'links off']);
  expect(follow({})).toEqual([]);
  expect(habits.standing()).toEqual({ hotKey: 'off', autostart: 'off' });
});

test('applies each setting once, and undoes it when it is switched off', () => {
  const { follow, habits } = aSystem();
  follow({});
  const wishes = { startWithComputer: true, hotKey: 'F8', kiosk: true, deepLink: true } as const;
  expect(follow(wishes)).toEqual(['kiosk on', 'register F8', 'autostart on', 'links on']);
  expect(habits.standing()).toEqual({ hotKey: 'works', autostart: 'works' });
  expect(follow(wishes)).toEqual([]);
  expect(follow({})).toEqual(['kiosk off', 'release F8', 'autostart off', 'links off']);
});

test('registers a new hot key in place of the old one', () => {
  const { follow } = aSystem();
  follow({ hotKey: 'F8' });
  expect(follow({ hotKey: 'F9' })).toEqual(['release F8', 'register F9']);
});

test('reports a hot key that another program has, and a login item that cannot be set', () => {
  const { follow, habits } = aSystem({
    registerHotKey: () => false,
    setAutostart: () => 'failed',
  });
  follow({ hotKey: 'F8', startWithComputer: true });
  expect(habits.standing()).toEqual({ hotKey: 'taken', autostart: 'failed' });
});

test('a system call that throws does not stop the others', () => {
  const fail = () => {
    throw new Error('not on this desktop');
  };
  const { follow, habits, bugs } = aSystem({
    registerHotKey: fail,
    setAutostart: fail,
    setKiosk: fail,
  });
  expect(follow({ hotKey: 'F8', startWithComputer: true, kiosk: true, deepLink: true })).toEqual([
    'links on',
  ]);
  expect(habits.standing()).toEqual({ hotKey: 'taken', autostart: 'failed' });
  expect(bugs).toHaveLength(3);
});
