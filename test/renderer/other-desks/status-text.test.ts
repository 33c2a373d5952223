import { describe, expect, test } from 'vitest';
import { siteStatusText } from '../../../renderer/other-desks/status-text.ts';
import type { ApartCause, SiteStatus } from '../../../shared/other-desks.ts';
import { HOUR_MS } from '../../../shared/time.ts';
import { NOON, TRANSLATIONS } from '../samples.ts';

const textOf = (status: SiteStatus) => siteStatusText(TRANSLATIONS, status, NOON);
const apart = { kind: 'apart', since: NOON - HOUR_MS, waits: false } as const;
const since = TRANSLATIONS.time(NOON - HOUR_MS);

describe('the line about the other desks', () => {
  test.each(['alone', 'connecting', 'connected'] as const)('is empty: %s', (kind) => {
    expect(textOf({ kind })).toBeNull();
  });

  test('says what is left to share; only the counts change', () => {
    expect(textOf({ kind: 'joining', invitations: 1_812, refusals: 1 })).toEqual({
      text: 'Sharing this PC’s invitations and refusals with the other desks… You can keep working.',
      todo: '',
      detail: '1,812 invitations and 1 refusal left.',
    });
  });

  test('says since when the other desks have not been reached, and what becomes of invitations', () => {
    expect(textOf({ ...apart, cause: 'unreachable' })).toEqual({
      text: `The other desks have not been reached since ${since}. Invitations are sent after Partoo was asked.`,
      todo: '',
      detail: '',
    });
    expect(textOf({ ...apart, waits: true, cause: 'overloaded' })?.text).toBe(
      `The other desks have not been reached since ${since}. Invitations wait until they are.`,
    );
  });

  test.each<[ApartCause, RegExp]>([
    ['certificate', /certificate.*IT support/],
    ['password', /password.*IT support/],
    ['schema', /IT support needs to create or update/],
    ['read-only', /accepts no changes.*IT support/],
    ['removed', /removed.*IT support/],
    ['not-joined', /hasn’t joined.*IT support/],
    ['keychain', /keychain.*unlock/],
    ['clock', /clocks.*differ.*IT support/],
  ])('says what to do about %s', (cause, todo) => {
    expect(textOf({ ...apart, cause })?.todo).toMatch(todo);
  });

  test.each<ApartCause>(['unreachable', 'overloaded', 'other'])(
    'asks for nothing that a person cannot do: %s',
    (cause) => {
      expect(textOf({ ...apart, cause })?.todo).toBe('');
    },
  );
});
