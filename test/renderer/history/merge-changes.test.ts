import { describe, expect, test } from 'vitest';
import { joinPages, mergeChange, replaceChanged } from '../../../renderer/history/merge-changes.ts';
import { NOON, sampleInvitation } from '../samples.ts';

const accepted = { state: 'accepted', at: NOON, evidence: 'response', delivery: null } as const;
const finished = (minutesAgo: number) =>
  sampleInvitation({ queuedAt: NOON - minutesAgo * 60_000, progress: accepted });
const shown = [finished(1), finished(3), finished(5)];

describe('a change', () => {
  test('of a shown invitation keeps its place', () => {
    const [first, second, third] = shown;
    if (second === undefined) throw new Error('a sample is missing');
    const changed = { ...second, name: 'Corrected' };
    expect(mergeChange(shown, changed, false)).toEqual([first, changed, third]);
  });

  test.each([
    [0, 0],
    [2, 1],
    [4, 2],
  ])('of one that ended %i minutes ago takes place %i', (minutesAgo, place) => {
    const changed = finished(minutesAgo);
    expect(mergeChange(shown, changed, true)[place]).toBe(changed);
  });

  test('of one older than the shown ones waits for its page, or ends the list', () => {
    const changed = finished(9);
    expect(mergeChange(shown, changed, true)).toEqual(shown);
    expect(mergeChange(shown, changed, false)).toEqual([...shown, changed]);
  });

  test('of an open invitation is not added', () => {
    expect(mergeChange(shown, sampleInvitation(), false)).toEqual(shown);
  });

  test('sorts equal times by id, as the database does', () => {
    const one = { ...finished(2), id: '00000000-0000-4000-8000-000000000001' };
    const other = { ...finished(2), id: '00000000-0000-4000-8000-000000000002' };
    expect(mergeChange([one], other, false)).toEqual([other, one]);
    expect(mergeChange([other], one, false)).toEqual([other, one]);
  });
});

test('the next page is appended without duplicates', () => {
  const more = [finished(5), finished(7)];
  const overlapping = [shown[2] ?? finished(5), ...more];
  expect(joinPages(shown, overlapping)).toEqual([...shown, ...more]);
});

describe('a change in a filtered history', () => {
  const [one, other] = [finished(1), finished(2)] as const;

  test('appears where the invitation is shown', () => {
    const changed = { ...other, name: 'Jean' };
    expect(replaceChanged([one, other], changed)).toEqual([one, changed]);
    expect(replaceChanged([one], changed)).toEqual([one]);
  });

  test('removes an invitation that is open again', () => {
    const reopened = { ...other, progress: sampleInvitation().progress };
    expect(replaceChanged([one, other], reopened)).toEqual([one]);
  });
});
