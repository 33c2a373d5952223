import { describe, expect, test } from 'vitest';
import { groupOpen } from '../../../renderer/outbox/group-invitations.ts';
import { explanationOf, nextStepText } from '../../../renderer/outbox/next-step-text.ts';
import type { Connection } from '../../../shared/connection.ts';
import { OPEN_STATES, type Invitation, type Progress } from '../../../shared/invitation.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { EVERY_PROGRESS, NOON, sampleInvitation, TRANSLATIONS } from '../samples.ts';

const everyInvitation = EVERY_PROGRESS.map((progress) => sampleInvitation({ progress }));
const open: readonly string[] = OPEN_STATES;

describe('the groups', () => {
  test('put invitations that need a person first, and exclude ended ones', () => {
    expect(groupOpen(everyInvitation).map(({ name }) => name)).toEqual([
      'decision',
      'checking',
      'sending',
      'waiting',
      'held',
    ]);
    const grouped = groupOpen(everyInvitation).flatMap(({ invitations }) => invitations);
    expect(grouped).toHaveLength(OPEN_STATES.length);
  });

  test('are hidden when empty', () => {
    expect(groupOpen([])).toEqual([]);
  });

  test('list the oldest first', () => {
    const late = sampleInvitation({ queuedAt: NOON });
    const early = sampleInvitation({ queuedAt: NOON - 1 });
    expect(groupOpen([late, early])[0]?.invitations).toEqual([early, late]);
  });
});

describe('the next step', () => {
  test.each(EVERY_PROGRESS)('is shown for every open state: $state', (progress) => {
    const words = nextStepText(
      TRANSLATIONS,
      sampleInvitation({ progress }),
      { kind: 'online' },
      NOON,
    );
    expect(words !== '').toBe(open.includes(progress.state));
  });

  test('of a waiting invitation depends on its time and on the connection', () => {
    const due = { state: 'waiting', at: NOON, dueAt: NOON } as const;
    const later = { ...due, dueAt: NOON + 5 * MINUTE_MS };
    const said = (progress: Progress, connection: Connection) =>
      nextStepText(TRANSLATIONS, sampleInvitation({ progress }), connection, NOON);
    const online = { kind: 'online' } as const;
    expect(said(due, online)).toContain('its turn');
    expect(said(later, online)).toContain(TRANSLATIONS.time(later.dueAt));
    // The page reads its clock only now and then.
    expect(said({ ...due, dueAt: NOON + 15 * SECOND_MS }, online)).toContain('its turn');
    const offline = { kind: 'offline', cause: 'dns', since: NOON, retryAt: NOON } as const;
    expect(said(later, offline)).toContain('connection');
    expect(said(due, { kind: 'key-refused', text: '' })).toContain('key');
    expect(said(due, { kind: 'clock-wrong', aheadMs: null })).toContain('clock');
    const noAccess = (id: string): Connection => ({
      kind: 'no-access',
      businessIds: [id],
      text: '',
    });
    expect(said(due, noAccess('b1'))).toContain('has access to the business');
    expect(said(due, noAccess('b2'))).toContain('its turn');
  });

  test.each(['undo', 'hours'] as const)(
    'of one that was held (%s) is its obstacle, once its send time has come and nothing is sent',
    (why) => {
      const said = (notBefore: number, connection: Connection) =>
        nextStepText(
          TRANSLATIONS,
          sampleInvitation({ progress: { state: 'held', at: NOON - 1, notBefore, why } }),
          connection,
          NOON,
        );
      const refused = { kind: 'key-refused', text: '' } as const;
      expect(said(NOON, refused)).toContain('key');
      expect(said(NOON + 1, refused)).not.toContain('key');
      expect(said(NOON, { kind: 'online' })).toContain('its turn');
      expect(said(NOON + 1, { kind: 'online' })).not.toContain('its turn');
    },
  );

  test('[row 126] names no time before the end of a pause of Partoo', () => {
    const until = NOON + 2 * MINUTE_MS;
    const busy = { kind: 'busy', until } as const;
    const offline = { kind: 'offline', cause: 'dns', since: NOON, retryAt: NOON } as const;
    const said = (progress: Progress, connection: Connection) =>
      nextStepText(TRANSLATIONS, sampleInvitation({ progress }), connection, NOON);
    const held = (notBefore: number): Progress => ({
      state: 'held',
      at: NOON,
      notBefore,
      why: 'hours',
    });
    expect(said(held(until - 1), busy)).toContain(`after ${TRANSLATIONS.time(until)}`);
    expect(said(held(until), busy)).toContain('when sending hours start');
    const unconfirmed = { state: 'unconfirmed', at: NOON, dueAt: NOON + MINUTE_MS } as const;
    for (const connection of [busy, offline])
      expect(said(unconfirmed, connection)).not.toContain(TRANSLATIONS.time(NOON + MINUTE_MS));
  });

  test('of a search names no time in the past', () => {
    const said = (dueAt: number) =>
      nextStepText(
        TRANSLATIONS,
        sampleInvitation({ progress: { state: 'unconfirmed', at: NOON, dueAt } }),
        { kind: 'online' },
        NOON,
      );
    expect(said(NOON + MINUTE_MS)).toContain(TRANSLATIONS.time(NOON + MINUTE_MS));
    expect(said(NOON)).not.toContain(TRANSLATIONS.time(NOON));
  });
});

describe('the note before a decision', () => {
  const parked = (
    why: 'window' | 'unproved' | 'too-old' | 'not-accepted',
    change: Partial<Invitation> = {},
  ) =>
    explanationOf(
      TRANSLATIONS,
      sampleInvitation({ progress: { state: 'needs_decision', at: NOON, why }, ...change }),
    );

  test('differs for each kind of decision', () => {
    const words = [
      parked('window'),
      parked('unproved', { mayHaveLeft: true }),
      parked('too-old'),
      parked('too-old', { forceReason: 'Asked' }),
      parked('too-old', { mayHaveLeft: true }),
      parked('not-accepted'),
    ];
    expect(new Set(words).size).toBe(words.length);
    for (const text of words) expect(text).toMatch(/^[A-Z].*[.]$/);
  });

  test('never says that nothing was sent when an SMS may have been', () => {
    expect(parked('too-old')).toContain('Nothing was sent');
    expect(parked('too-old', { mayHaveLeft: true })).not.toContain('Nothing was sent');
    expect(parked('not-accepted')).toContain('Nothing was sent');
    expect(parked('not-accepted', { mayHaveLeft: true })).not.toContain('Nothing was sent');
  });

  test('is absent where there is nothing to choose', () => {
    expect(explanationOf(TRANSLATIONS, sampleInvitation())).toBeUndefined();
  });
});
