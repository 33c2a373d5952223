import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  scheduleUpdates,
  isNewer,
  type Updater,
  type UpdateStep,
} from '../../../electron/updates/update-schedule.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { createFakeClock, ticks } from '../../support/clock.ts';

const RUNNING = '1.2.3';

type Options = {
  readonly offers?: string | undefined;
  readonly answer?: 'install' | 'later';
  readonly isAway?: () => boolean;
  readonly find?: Updater['find'];
  readonly download?: Updater['download'];
};

/** A desk that looks for updates, and everything that happens to it, in order. */
function aDesk(options: Options = {}) {
  const clock = createFakeClock(0);
  const did: string[] = [];
  const steps: UpdateStep[] = [];
  let inFlight: Promise<void> | undefined;
  const updates = scheduleUpdates({
    clock,
    version: RUNNING,
    loadUpdater: async () => {
      did.push('loaded');
      return {
        find: options.find ?? (async () => options.offers),
        download: options.download ?? (async () => void did.push('downloaded')),
        install: () => void did.push('installed'),
      };
    },
    isAway: options.isAway ?? (() => true),
    ask: async (version) => {
      did.push(`asked for ${version}`);
      return options.answer ?? 'install';
    },
    closeDesk: async () => {
      await inFlight;
      did.push('closed');
    },
    reopenDesk: async () => void did.push('reopened'),
    log: (step) => steps.push(step),
  });
  return {
    clock,
    did,
    steps,
    stop: updates.stop,
    send: () => {
      let answer = (): void => {};
      inFlight = new Promise((resolve) => {
        answer = resolve;
      });
      return answer;
    },
  };
}

describe('[row 14] an update while something waits', () => {
  test('is fetched, asked for, and installed only when the desk has let go of everything', async () => {
    const { clock, did, send } = aDesk({ offers: '1.3.0' });
    const answer = send();
    await clock.advance(MINUTE_MS);
    expect(did).toEqual(['loaded', 'downloaded', 'asked for 1.3.0']);
    answer();
    await ticks();
    expect(did.slice(3)).toEqual(['closed', 'installed']);
  });

  test('is not installed without a word, and asked for again a day later', async () => {
    const { clock, did } = aDesk({ offers: '1.3.0', answer: 'later' });
    await clock.advance(DAY_MS - HOUR_MS);
    expect(did.filter((step) => step.startsWith('asked'))).toHaveLength(1);
    await clock.advance(2 * HOUR_MS);
    expect(did.filter((step) => step.startsWith('asked'))).toHaveLength(2);
    expect(did).not.toContain('closed');
    expect(did).not.toContain('installed');
  });

  test('waits until nobody is at the desk', async () => {
    let isAway = false;
    const { clock, did } = aDesk({ offers: '1.3.0', isAway: () => isAway });
    await clock.advance(6 * HOUR_MS);
    expect(did).toEqual(['loaded', 'downloaded']);
    isAway = true;
    await clock.advance(MINUTE_MS);
    expect(did).toContain('asked for 1.3.0');
  });

  test('that the system does not install leaves a desk that works', async () => {
    const { clock, did, steps } = aDesk({ offers: '1.3.0' });
    await clock.advance(HOUR_MS);
    expect(did.slice(-3)).toEqual(['closed', 'installed', 'reopened']);
    expect(steps.at(-1)).toBe('failed');
  });

  test('is not begun by a desk that is ending', async () => {
    const { clock, did, stop } = aDesk({ offers: '1.3.0' });
    stop();
    await clock.advance(2 * DAY_MS);
    expect(did).toEqual([]);
  });
});

describe('a feed', () => {
  test.each([undefined, RUNNING, '1.2.2', '0.9.9', '1.3.0-beta.1', '2', 'latest', ''])(
    'that offers %s changes nothing',
    async (offers) => {
      const { clock, did } = aDesk({ offers });
      await clock.advance(HOUR_MS);
      expect(did).toEqual(['loaded']);
    },
  );

  test.each<[string, Options]>([
    ['cannot be reached', { find: () => Promise.reject(new Error('ENOTFOUND')) }],
    ['has spoilt files', { offers: '1.3.0', download: () => Promise.reject(new Error('sha512')) }],
  ])('that %s is looked at again a day later, and nobody is asked', async (_, options) => {
    const { clock, did, steps } = aDesk(options);
    await clock.advance(3 * DAY_MS);
    expect(did.every((step) => step === 'loaded')).toBe(true);
    expect(steps.filter((step) => step === 'failed').length).toBeGreaterThanOrEqual(3);
  });

  test('is not looked at while Deskbell starts', async () => {
    const { clock, did } = aDesk({ offers: '1.3.0' });
    await clock.advance(9 * SECOND_MS);
    expect(did).toEqual([]);
  });
});

test('a version is newer by number, never by word, and never than itself', () => {
  expect(isNewer('1.10.0', '1.9.9')).toBe(true);
  expect(isNewer('2.0.0', '1.99.99')).toBe(true);
  const version = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join('.'));
  fc.assert(
    fc.property(version, version, (one, other) => {
      expect(isNewer(one, one)).toBe(false);
      expect(isNewer(one, other) && isNewer(other, one)).toBe(false);
      if (one !== other) expect(isNewer(one, other) || isNewer(other, one)).toBe(true);
    }),
  );
});
