import { describe, expect, test } from 'vitest';
import { findOutboxMatches } from '../../../renderer/history/outbox-matches.tsx';
import { sampleInvitation } from '../samples.ts';

describe('[row 213] matches of a history search in the outbox', () => {
  const marie = sampleInvitation({ name: 'Marie Œuvrard', staff: 'Léa' });
  const jean = sampleInvitation({ name: 'Jean Martin', businessId: 'b2' });
  const found = (text: string, businessId: string | null = null) =>
    findOutboxMatches([marie, jean], { text, businessId }).map(({ name }) => name);

  test.each([
    ['oeuvrard', [marie.name]],
    ['MARIE', [marie.name]],
    ['lea', [marie.name]],
    ['06 39 98 00 04', [marie.name, jean.name]],
    ['+33 6 39', [marie.name, jean.name]],
    ['0004 jean', [jean.name]],
    ['Zoltan', []],
    ['', []],
  ])('%j: %j', (text, names) => {
    expect(found(text)).toEqual(names);
  });

  test('belong to the chosen business', () => {
    expect(found('0639', 'b2')).toEqual([jean.name]);
  });
});
