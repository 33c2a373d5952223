import { describe, expect, test } from 'vitest';
import type { DeskStatus } from '../../../electron/app/desk-snapshot.ts';
import { createNotifier, type NotificationKind } from '../../../electron/desktop/notifier.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { createFakeClock } from '../../support/clock.ts';

const AT_REST: DeskStatus = { waiting: 0, decisions: 0, connection: 'online' };

/** A desktop that has read its desk session once. */
async function aNotifier(first: DeskStatus | undefined = AT_REST) {
  const clock = createFakeClock(Date.UTC(2026, 10, 23, 9));
  const shown: number[] = [];
  const calls: NotificationKind[] = [];
  const around: { status: DeskStatus | undefined; isWatched: boolean; glances: number } = {
    status: first,
    isWatched: false,
    glances: 0,
  };
  const notifier = createNotifier({
    clock,
    deskStatus: () => {
      around.glances += 1;
      return around.status;
    },
    showWaiting: (count) => void shown.push(count),
    isWatched: () => around.isWatched,
    notifyPerson: (call) => void calls.push(call),
  });
  const become = async (status: DeskStatus | undefined) => {
    around.status = status;
    notifier.changed();
    await clock.advance(SECOND_MS);
  };
  await become(first);
  return { clock, around, notifier, shown, calls, become };
}

describe('the number of waiting invitations', () => {
  test('is shown soon after a change, and only then', async () => {
    const { shown, become } = await aNotifier();
    await become({ ...AT_REST, waiting: 2 });
    expect(shown).toEqual([2]);
    await become({ ...AT_REST, waiting: 2 });
    expect(shown).toEqual([2]);
    await become(AT_REST);
    expect(shown).toEqual([2, 0]);
  });

  test('is shown from the start', async () => {
    const { shown } = await aNotifier({ ...AT_REST, waiting: 3 });
    expect(shown).toEqual([3]);
  });

  test('is read once for hundreds of changes', async () => {
    const { clock, around, notifier } = await aNotifier();
    around.glances = 0;
    for (let nth = 0; nth < 500; nth += 1) notifier.changed();
    await clock.advance(SECOND_MS);
    expect(around.glances).toBe(1);
  });

  test('stays while it cannot be read', async () => {
    const { shown, become } = await aNotifier({ ...AT_REST, waiting: 3 });
    await become(undefined);
    expect(shown).toEqual([3]);
  });

  test('is not read while the desk session closes', async () => {
    const { clock, around, notifier } = await aNotifier();
    around.glances = 0;
    notifier.changed();
    notifier.stop();
    notifier.changed();
    await clock.advance(SECOND_MS);
    expect(around.glances).toBe(0);
    expect(clock.timers()).toEqual([]);
  });
});

describe('a notification is shown', () => {
  test.each([
    ['an invitation needs a decision', { waiting: 1, decisions: 1 }, 'decision'],
    ['there is no key', { connection: 'no-key' }, 'no-key'],
    ['the keychain cannot be used', { connection: 'no-keychain' }, 'no-keychain'],
    ['the key is refused', { connection: 'key-refused' }, 'key-refused'],
  ] as const)('when %s', async (_, change, call) => {
    const { calls, become } = await aNotifier();
    await become({ ...AT_REST, ...change });
    await become({ ...AT_REST, ...change });
    expect(calls).toEqual([call]);
  });

  test('not for changes that need no person', async () => {
    const { calls, become } = await aNotifier();
    await become({ ...AT_REST, waiting: 5, connection: 'offline' });
    await become({ ...AT_REST, waiting: 5, connection: 'busy' });
    expect(calls).toEqual([]);
  });

  test('not for problems on the screen at the start', async () => {
    const { calls, become } = await aNotifier({ ...AT_REST, waiting: 2, decisions: 2 });
    await become({ ...AT_REST, waiting: 1, decisions: 1 });
    expect(calls).toEqual([]);
  });

  test('not while the window has the focus, nor for the same problem when it loses it', async () => {
    const { calls, around, become } = await aNotifier();
    around.isWatched = true;
    await become({ ...AT_REST, decisions: 1 });
    around.isWatched = false;
    await become({ ...AT_REST, decisions: 1, waiting: 1 });
    expect(calls).toEqual([]);
  });
});

describe('repeated notifications', () => {
  const decisions = (count: number): DeskStatus => ({
    ...AT_REST,
    waiting: count,
    decisions: count,
  });

  test('are combined, and shown again only after a while', async () => {
    const { clock, calls, become } = await aNotifier();
    for (let count = 1; count <= 20; count += 1) await become(decisions(count));
    expect(calls).toEqual(['decision']);
    await clock.advance(10 * MINUTE_MS);
    expect(calls).toEqual(['decision', 'decision']);
    await clock.advance(60 * MINUTE_MS);
    expect(calls).toHaveLength(2);
  });

  test('are dropped when the problem is solved', async () => {
    const { clock, calls, become } = await aNotifier();
    await become(decisions(1));
    await become(decisions(2));
    await become(decisions(0));
    await clock.advance(10 * MINUTE_MS);
    expect(calls).toEqual(['decision']);
  });

  test('are dropped when the window has the focus again', async () => {
    const { clock, calls, become, notifier } = await aNotifier();
    await become(decisions(1));
    await become(decisions(2));
    notifier.seen();
    await clock.advance(10 * MINUTE_MS);
    expect(calls).toEqual(['decision']);
  });

  test('do not suppress one of another kind', async () => {
    const { calls, become } = await aNotifier();
    await become(decisions(1));
    await become({ ...decisions(1), connection: 'key-refused' });
    expect(calls).toEqual(['decision', 'key-refused']);
  });
});
