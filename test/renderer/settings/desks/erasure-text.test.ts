import { describe, expect, test } from 'vitest';
import { erasureText } from '../../../../renderer/settings/desks/erasure-text.ts';
import { NOON, TRANSLATIONS } from '../../samples.ts';

const when = TRANSLATIONS.moment(NOON, NOON);
const given = { kind: 'given', at: NOON, done: 2, desks: 3, missing: ['Desk 3'] } as const;

describe('the progress of an erasure', () => {
  test('names the desk of this site that has not done it yet', () => {
    expect(erasureText(TRANSLATIONS, given, NOON)).toEqual([
      `Erased on ${when}: done at 2 of 3 desks.`,
      'Desk 3 erases this customer too, as soon as it is switched on.',
    ]);
  });

  test('names several desks, and counts those of other sites', () => {
    const missing = ['Desk 2', 'Desk 3'];
    expect(erasureText(TRANSLATIONS, { ...given, desks: 12, missing }, NOON)).toEqual([
      `Erased on ${when}: done at 2 of 12 desks.`,
      'Desk 2 and Desk 3 erase this customer too, as soon as they are switched on.',
      '8 desks of other sites erase this customer too, as soon as they are switched on.',
    ]);
    expect(erasureText(TRANSLATIONS, { ...given, missing: [] }, NOON)).toEqual([
      `Erased on ${when}: done at 2 of 3 desks.`,
      '1 desk of another site erases this customer too, as soon as it is switched on.',
    ]);
  });

  test('[row 323] says that the other desks do not know of it yet, and why', () => {
    const text = (isReached: boolean) =>
      erasureText(TRANSLATIONS, { kind: 'not-given', at: NOON, isReached }, NOON);
    expect(text(false)).toEqual([
      `Erased on ${when} at this desk only: the other desks can’t be reached. They are told automatically.`,
    ]);
    expect(text(true)).toEqual([
      `Erased on ${when} at this desk only. The other desks are told automatically, as soon as the site database takes the order.`,
    ]);
  });
});
