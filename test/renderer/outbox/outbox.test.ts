import { describe, expect, test } from 'vitest';
import { groupOpen } from '../../../renderer/outbox/groups.ts';
import { nextWords } from '../../../renderer/outbox/next-words.ts';
import { OPEN_STATES } from '../../../shared/invitation.ts';
import { MINUTE_MS } from '../../../shared/time.ts';
import { EVERY_PROGRESS, NOON, sampleInvitation, WORDS } from '../samples.ts';

const everyInvitation = EVERY_PROGRESS.map((progress) => sampleInvitation({ progress }));
const open: readonly string[] = OPEN_STATES;

describe('the groups', () => {
  test('put what needs a person first and leave finished invitations out', () => {
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

  test('are not shown when empty', () => {
    expect(groupOpen([])).toEqual([]);
  });

  test('list the oldest first', () => {
    const late = sampleInvitation({ queuedAt: NOON });
    const early = sampleInvitation({ queuedAt: NOON - 1 });
    expect(groupOpen([late, early])[0]?.invitations).toEqual([early, late]);
  });
});

describe('the next step', () => {
  test.each(EVERY_PROGRESS)('is in words for every open state: $state', (progress) => {
    const words = nextWords(WORDS, progress, 'online', NOON);
    expect(words !== '').toBe(open.includes(progress.state));
  });

  test('of a waiting invitation depends on when and on the connection', () => {
    const due = { state: 'waiting', at: NOON, dueAt: NOON } as const;
    const later = { ...due, dueAt: NOON + 5 * MINUTE_MS };
    expect(nextWords(WORDS, due, 'online', NOON)).toContain('its turn');
    expect(nextWords(WORDS, later, 'online', NOON)).toContain(WORDS.time(later.dueAt));
    expect(nextWords(WORDS, later, 'offline', NOON)).toContain('connection');
  });
});
