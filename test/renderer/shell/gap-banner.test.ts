import { describe, expect, test } from 'vitest';
import { gapText } from '../../../renderer/shell/gap-banner.tsx';
import type { DataGap } from '../../../shared/data-gap.ts';
import { HOUR_MS } from '../../../shared/time.ts';
import { NOON, TRANSLATIONS } from '../samples.ts';

describe('[row 197] the time that may be missing', () => {
  const lostBy = (why: DataGap['why'], from: number | null, to = NOON) =>
    gapText(TRANSLATIONS, { why, from, to, dated: 'by-partoo' }, NOON).lost;

  test('is none after a deliberate restore', () => {
    const begin = TRANSLATIONS.time(NOON - HOUR_MS);
    expect(lostBy('restored', NOON - HOUR_MS)).toBe(
      `Invitations entered since ${begin} were kept.`,
    );
  });

  test('is a range, or one time where both read the same', () => {
    const [begin, end] = [NOON - HOUR_MS, NOON].map(TRANSLATIONS.time);
    expect(lostBy('older', NOON - HOUR_MS)).toContain(`between ${begin} and ${end} may be missing`);
    for (const why of ['damaged', 'missing', 'older', 'other-pc'] as const)
      expect(lostBy(why, NOON + 1, NOON + 30_000)).toContain(`at about ${end} may be missing`);
  });

  test('[row 290] may hold numbers of the do-not-contact list too', () => {
    for (const why of ['damaged', 'missing', 'older', 'other-pc'] as const)
      for (const from of [NOON - HOUR_MS, NOON + 1])
        expect(lostBy(why, from, NOON + 30_000)).toContain('do-not-contact numbers');
  });

  test('is the unreadable part of a damaged database', () => {
    const kept = /^Everything that could still be read was kept\. /;
    expect(lostBy('damaged', NOON - HOUR_MS)).toMatch(kept);
    expect(lostBy('damaged', null)).toMatch(kept);
    expect(lostBy('missing', NOON - HOUR_MS)).not.toMatch(kept);
    expect(lostBy('missing', null)).not.toMatch(kept);
  });
});
