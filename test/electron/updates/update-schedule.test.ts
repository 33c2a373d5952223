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

/** A desk that checks for updates, with all its events in order. */
function anUpdateSchedule(options: Options = {}) {
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
    closeApp: async () => {
      await inFlight;
      did.push('closed');
    },
    reopenApp: async () => void did.push('reopened'),
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

describe('[row 14] an update while invitations wait', () => {
  test('is downloaded, offered, and installed only when the desk session has closed', async () => {
    const { clock, did, send } = anUpdateSchedule({ offers: '1.3.0' });
    const answer = send();
    await clock.advance(MINUTE_MS);
    expect(did).toEqual(['loaded', 'downloaded', 'asked for 1.3.0']);
    answer();
    await ticks();
    expect(did.slice(3)).toEqual(['closed', 'installed']);
  });

  test('is not installed without an answer, and offered again a day later', async () => {
    const { clock, did } = anUpdateSchedule({ offers: '1.3.0', answer: 'later' });
    await clock.advance(DAY_MS - HOUR_MS);
    expect(did.filter((step) => step.startsWith('asked'))).toHaveLength(1);
    await clock.advance(2 * HOUR_MS);
    expect(did.filter((step) => step.startsWith('asked'))).toHaveLength(2);
    expect(did).not.toContain('closed');
    expect(did).not.toContain('installed');
  });

  test('is not offered while the PC is in use', async () => {
    let isAway = false;
    const { clock, did } = anUpdateSchedule({ offers: '1.3.0', isAway: () => isAway });
    await clock.advance(6 * HOUR_MS);
    expect(did).toEqual(['loaded', 'downloaded']);
    isAway = true;
    await clock.advance(MINUTE_MS);
    expect(did).toContain('asked for 1.3.0');
  });

  test('that the system does not install leaves Deskbell working', async () => {
    const { clock, did, steps } = anUpdateSchedule({ offers: '1.3.0' });
    await clock.advance(HOUR_MS);
    expect(did.slice(-3)).toEqual(['closed', 'installed', 'reopened']);
    expect(steps.at(-1)).toBe('failed');
  });

  test('does not start while Deskbell is quitting', async () => {
    const { clock, did, stop } = anUpdateSchedule({ offers: '1.3.0' });
    stop();
    await clock.advance(2 * DAY_MS);
    expect(did).toEqual([]);
  });
});

describe('an update feed', () => {
  test.each([undefined, RUNNING, '1.2.2', '0.9.9', '1.3.0-beta.1', '2', 'latest', ''])(
    'that offers %s changes nothing',
    async (offers) => {
      const { clock, did } = anUpdateSchedule({ offers });
      await clock.advance(HOUR_MS);
      expect(did).toEqual(['loaded']);
    },
  );

  test.each<[string, Options]>([
    ['cannot be reached', { find: () => Promise.reject(new Error('ENOTFOUND')) }],
    ['has corrupt files', { offers: '1.3.0', download: () => Promise.reject(new Error('sha512')) }],
  ])('that %s is read again a day later, without a question', async (_, options) => {
    const { clock, did, steps } = anUpdateSchedule(options);
    await clock.advance(3 * DAY_MS);
    expect(did.every((step) => step === 'loaded')).toBe(true);
    expect(steps.filter((step) => step === 'failed').length).toBeGreaterThanOrEqual(3);
  });

  test('is not read during start-up', async () => {
    const { clock, did } = anUpdateSchedule({ offers: '1.3.0' });
    await clock.advance(9 * SECOND_MS);
    expect(did).toEqual([]);
  });
});

test('compares versions by number, not as text, and never offers the same one', () => {
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
