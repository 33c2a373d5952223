import { expect, test } from 'vitest';
import { indexOlderNames } from '../../../electron/outbox/index-older-names.ts';
import { MINUTE_MS } from '../../../shared/time.ts';
import { createFakeClock } from '../../support/clock.ts';
import { NINE } from '../../support/builders/row.ts';

const aStore = (steps: number, fail = false) => {
  let done = 0;
  return {
    done: () => done,
    hasUnfolded: () => steps > 0,
    foldSome: (): 'done' | 'more' => {
      done += 1;
      if (fail) throw new Error('the disk is full');
      return done < steps ? 'more' : 'done';
    },
  };
};

test('folds older names in steps some time after the start, once [row 154]', async () => {
  const clock = createFakeClock(NINE);
  const store = aStore(20);
  indexOlderNames({ clock, store, onTrouble: () => {} });
  expect(store.done()).toBe(0);
  await clock.advance(MINUTE_MS);
  expect(store.done()).toBe(20);
  await clock.advance(MINUTE_MS);
  expect(store.done()).toBe(20);
});

test('does nothing without older names, and stops when the desk session closes [row 154]', async () => {
  const clock = createFakeClock(NINE);
  const [none, some] = [aStore(0), aStore(20)];
  indexOlderNames({ clock, store: none, onTrouble: () => {} });
  indexOlderNames({ clock, store: some, onTrouble: () => {} })();
  await clock.advance(MINUTE_MS);
  expect([none.done(), some.done()]).toEqual([0, 0]);
});

test('reports storage trouble, and continues at the next start [row 154]', async () => {
  const clock = createFakeClock(NINE);
  const troubles: unknown[] = [];
  const store = aStore(20, true);
  indexOlderNames({ clock, store, onTrouble: (error) => troubles.push(error) });
  await clock.advance(MINUTE_MS);
  expect([store.done(), troubles.length]).toEqual([1, 1]);
});
