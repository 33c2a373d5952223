import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldedText } from '../../../../electron/store/history/search-plan.ts';
import type { FinishedQuery } from '../../../../electron/store/history/history.ts';
import type { Store } from '../../../../electron/store/store.ts';
import { EVERYTHING, type HistoryFilter } from '../../../../shared/history-query.ts';
import { OPEN_STATES, STATES } from '../../../../shared/invitation.ts';
import { cleanName } from '../../../../shared/customer-name.ts';
import { plainText } from '../../../../shared/search-terms.ts';
import { e164Schema } from '../../../../shared/phone/e164.ts';
import {
  A_PROGRESS,
  aDecision,
  aPhone,
  aRow,
  mayHaveReached,
  NINE,
} from '../../../support/builders/row.ts';
import { newPath, open } from '../../../support/builders/store.ts';

/** Reads the pages from the newest to the oldest. */
function readAll(store: Store, limit: number) {
  const pages = [];
  let before: FinishedQuery['before'] = null;
  do {
    const page = store.listFinished({ before, limit });
    pages.push(page.invitations);
    before = page.next;
  } while (before !== null);
  return pages;
}

describe('the history', () => {
  test('is one empty page at first', () => {
    expect(readAll(open(newPath()), 10)).toEqual([[]]);
  });

  test('contains ended invitations and no open ones', () => {
    const store = open(newPath());
    for (const [place, state] of STATES.entries()) {
      if (state === 'sending') continue;
      const sentAt = mayHaveReached(state) ? NINE : null;
      const changes = { phone: aPhone(place), queuedAt: NINE + place, sentAt };
      store.insertInvitation(aRow({ ...changes, progress: A_PROGRESS[state] }));
    }
    const states = readAll(store, 10)
      .flat()
      .map(({ progress }) => progress.state);
    const finished = STATES.filter((state) => !OPEN_STATES.some((one) => one === state));
    expect(states).toEqual(finished.toReversed());
  });

  test('has no page after one that is exactly full', () => {
    const store = open(newPath());
    for (const queuedAt of [NINE, NINE + 1])
      store.insertInvitation(aRow({ progress: A_PROGRESS.cancelled, queuedAt }));
    expect(store.listFinished({ before: null, limit: 2 }).next).toBeNull();
    expect(store.listFinished({ before: null, limit: 1 }).next).not.toBeNull();
  });

  test('returns each invitation once, newest first, at any page size and with equal times', () => {
    const instants = fc.array(fc.integer({ min: NINE, max: NINE + 3 }), { maxLength: 12 });
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 5 }), (times, limit) => {
        const store = open(newPath());
        for (const queuedAt of times)
          store.insertInvitation(aRow({ progress: A_PROGRESS.cancelled, queuedAt }));
        const pages = readAll(store, limit);
        store.close();

        const all = pages.flat();
        expect(new Set(all.map(({ id }) => id)).size).toBe(times.length);
        expect(all.map(({ queuedAt }) => queuedAt)).toEqual(times.toSorted((a, b) => b - a));
        expect(pages.every((page) => page.length <= limit)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a filtered history', () => {
  const MARIE = aRow({ phone: aPhone(12), name: 'Marie Dupont', staff: 'Zoé', queuedAt: NINE });
  const OTHERS = [
    { phone: aPhone(13), name: 'Éric Müller', businessId: 'b2', queuedAt: NINE + 1 },
    { phone: e164Schema.parse('+390612345678'), name: 'Li', staff: 'Tom', queuedAt: NINE + 2 },
    { phone: e164Schema.parse('+12025550123'), name: 'Say "hi"', queuedAt: NINE + 3 },
  ];

  function filled(): Store {
    const store = open(newPath());
    const progress = A_PROGRESS.cancelled;
    store.insertInvitation({ ...MARIE, invitation: { ...MARIE.invitation, progress } });
    for (const changes of OTHERS) store.insertInvitation(aRow({ ...changes, progress }));
    return store;
  }

  const namesFor = (store: Store, filter: Partial<HistoryFilter>): readonly string[] =>
    store
      .listFinished({ filter: { ...EVERYTHING, ...filter }, before: null, limit: 10 })
      .invitations.map(({ name }) => name);

  test('excludes a longer number that only ends alike', () => {
    const store = filled();
    const progress = A_PROGRESS.cancelled;
    const phone = e164Schema.parse('+393331110012');
    store.insertInvitation(aRow({ phone, name: 'Ends alike', queuedAt: NINE + 4, progress }));
    expect(namesFor(store, { text: '0012' })).toEqual(['Ends alike', 'Marie Dupont']);
    expect(namesFor(store, { text: '06 39 98 00 12' })).toEqual(['Marie Dupont']);
    expect(namesFor(store, { text: '998 0012' })).toEqual(['Marie Dupont']);
    expect(namesFor(store, { text: '0039 333 111 0012' })).toEqual(['Ends alike']);
    expect(namesFor(store, { text: '0049 333 111 0012' })).toEqual([]);
  });

  test.each([
    ['06 39 98 00 12', ['Marie Dupont']],
    ['+33639980012', ['Marie Dupont']],
    ['0033 6 39 98 00 12', ['Marie Dupont']],
    ['+33 (0)6 39 98 00 12', ['Marie Dupont']],
    ['0012', ['Marie Dupont']],
    ['12', ['Say "hi"', 'Li', 'Marie Dupont']],
    ['06 39', ['Éric Müller', 'Marie Dupont']],
    ['06 12', ['Li']],
    ['202 555', ['Say "hi"']],
    ['MULLER', ['Éric Müller']],
    ['müller eric', ['Éric Müller']],
    ['é', ['Éric Müller', 'Marie Dupont']],
    ['zoe', ['Marie Dupont']],
    ['li', ['Li']],
    ['tom li', ['Li']],
    ['"hi"', ['Say "hi"']],
    ['"', ['Say "hi"']],
    ['* OR text', []],
    ['%', []],
    ['nobody', []],
  ])('%j finds %j', (text, names) => {
    expect(namesFor(filled(), { text })).toEqual(names);
  });

  test('is filtered by business and by time, also during a search', () => {
    const store = filled();
    expect(namesFor(store, { businessId: 'b2' })).toEqual(['Éric Müller']);
    expect(namesFor(store, { from: NINE + 1, until: NINE + 3 })).toEqual(['Li', 'Éric Müller']);
    expect(namesFor(store, { text: '063', from: NINE + 1 })).toEqual(['Éric Müller']);
    expect(namesFor(store, { text: 'e', until: NINE + 1 })).toEqual(['Marie Dupont']);
    expect(namesFor(store, { text: 'marie', businessId: 'b2' })).toEqual([]);
  });

  test('is filtered by state', () => {
    const store = open(newPath());
    const failed = { ...A_PROGRESS.accepted, delivery: 'failed_delivery' } as const;
    const finished = [A_PROGRESS.accepted, failed, A_PROGRESS.refused, A_PROGRESS.maybe_sent];
    for (const [at, progress] of finished.entries())
      store.insertInvitation(aRow({ name: `N${at}`, progress, phone: aPhone(at), sentAt: NINE }));
    expect(namesFor(store, { state: 'accepted' })).toEqual(['N1', 'N0']);
    expect(namesFor(store, { state: 'not_delivered' })).toEqual(['N1']);
    expect(namesFor(store, { state: 'not_delivered', text: 'n1' })).toEqual(['N1']);
    expect(namesFor(store, { state: 'not_delivered', text: '39980' })).toEqual(['N1']);
    expect(namesFor(store, { state: 'refused', text: '39980' })).toEqual(['N2']);
    expect(namesFor(store, { state: 'expired' })).toEqual([]);
  });

  test('exports the same rows as the screen shows, page by page', () => {
    const store = filled();
    for (const text of ['', '063', 'e', 'nobody']) {
      const query = { filter: { ...EVERYTHING, text }, before: null, limit: 2 };
      const page = store.listFinished(query);
      const { rows, next } = store.listForExport(query);
      expect(rows.map(([, , phone, name]) => ({ name, phone }))).toEqual(
        page.invitations.map(({ name, phone }) => ({ name, phone })),
      );
      expect(next).toEqual(page.next);
    }
  });

  test('follows an invitation through its states', () => {
    const store = open(newPath());
    const row = aRow({ name: 'Marie' });
    store.insertInvitation(row);
    expect(namesFor(store, { text: 'marie' })).toEqual([]);
    const { id } = row.invitation;
    store.recordDecision(id, 'waiting', aDecision(A_PROGRESS.cancelled));
    expect(namesFor(store, { text: 'marie' })).toEqual(['Marie']);
  });

  test('contains each invitation with the word once, for any word and page (row 108)', () => {
    const names = fc.array(fc.constantFrom('Ann', 'Anna', 'Hanna', 'Bo', 'Éanna', ''), {
      maxLength: 12,
    });
    const texts = fc.constantFrom('ann', 'anna', 'an', 'n', 'bo', 'eanna', 'ANN', 'x', 'xyz');
    fc.assert(
      fc.property(names, texts, fc.integer({ min: 1, max: 4 }), (people, text, limit) => {
        const store = open(newPath());
        for (const [at, name] of people.entries())
          store.insertInvitation(
            aRow({ name, phone: aPhone(at), queuedAt: NINE + at, progress: A_PROGRESS.cancelled }),
          );
        const found: string[] = [];
        let before: FinishedQuery['before'] = null;
        do {
          const page = store.listFinished({ filter: { ...EVERYTHING, text }, before, limit });
          expect(page.invitations.length).toBeLessThanOrEqual(limit);
          found.push(...page.invitations.map(({ name }) => name));
          before = page.next;
        } while (before !== null);
        store.close();
        const holds = (name: string) => plainText(name).includes(plainText(text));
        expect(found).toEqual(people.filter(holds).toReversed());
      }),
      { numRuns: 25 },
    );
  });

  const found = (store: Store, text: string) =>
    store
      .listFinished({ filter: { ...EVERYTHING, text }, before: null, limit: 99 })
      .invitations.map(({ name }) => name);

  test.each([
    ['Андрей Йовчев', 'андрей йовчев'],
    ['Ёлкина', 'елкина'],
    ['Київ Їжак', 'їжак'],
    ['김민수', '김민수'],
    ['ポール', 'ポール'],
    ['أحمد', 'احمد'],
    ['Παπάς', 'παπας'],
    ['प्रिया शर्मा', 'शर्मा'],
    ['שָׁלוֹם', 'שלום'],
    ['O’Brien', "o'brien"],
    ["O'Brien", 'O’Brien'],
    ['Jean‑Pierre', 'jean-pierre'],
    ['Strauß', 'strauss'],
    ['Søren', 'soren'],
    ['Łukasz', 'lukasz'],
    ['Lecœur', 'lecoeur'],
    ['Işık', 'isik'],
    ['Đặng', 'dang'],
    ['Œuvrard', 'oeuvrard'],
    ['Æsa', 'aesa'],
    ['Villa 12-14', '12-14'],
  ])('finds %s typed as such, or as %s [row 154]', (name, typed) => {
    const store = open(newPath());
    store.insertInvitation(aRow({ name, progress: A_PROGRESS.cancelled }));
    store.insertInvitation(aRow({ name: 'Marie', progress: A_PROGRESS.cancelled }));
    expect(found(store, name)).toEqual([name]);
    expect(found(store, typed)).toEqual([name]);
  });

  test.each(["O'Brien", 'O’Brien', 'OʼBrien', 'O‘Brien', 'O´Brien', 'O`Brien', 'OBrien'])(
    'finds %s with any apostrophe, and without one [row 240]',
    (name) => {
      const store = open(newPath());
      store.insertInvitation(aRow({ name, progress: A_PROGRESS.cancelled }));
      store.insertInvitation(aRow({ name: 'Marie', staff: name, progress: A_PROGRESS.cancelled }));
      for (const typed of ['obrien', "o'brien", 'O’BRIEN', 'oʼbrien', "o'b", 'ob', name])
        expect(found(store, typed)).toEqual(['Marie', name]);
    },
  );

  test.each([
    'Dupont 06 39 98 00 09',
    '06 39 98 00 09 Dupont',
    '06‑39‑98‑00‑09',
    '０６３９９８０００９',
    '+33 06 39 98 00 09',
    '+33 (0)6 39 98 00 09',
    'dupont 0009',
  ])('finds a number typed as %s [row 154]', (text) => {
    const store = open(newPath());
    const progress = A_PROGRESS.cancelled;
    store.insertInvitation(aRow({ name: 'Dupont', phone: aPhone(9), progress }));
    store.insertInvitation(aRow({ name: 'Martin', phone: aPhone(10), progress }));
    expect(found(store, text)).toEqual(['Dupont']);
  });

  test('folds Western accents as its index does [row 154]', () => {
    const store = open(newPath());
    const letters = 'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿ'.split('');
    for (const [at, letter] of letters.entries()) {
      const name = `xq${letter}z${String.fromCharCode(97 + (at % 26))}${at}`;
      expect(foldedText({ name, staff: null })).toBeNull();
      store.insertInvitation(aRow({ name, progress: A_PROGRESS.cancelled }));
      expect(found(store, plainText(name))).toEqual([name]);
    }
  });

  test('finds every stored text by its exact spelling [row 154]', () => {
    const script = fc.constantFrom(
      ..."aéßœŁıİđŒÆǅﬁ’‑'- ЙёЇґ김민ポル漢أحمدةשָׁלΠάςप्रियาไทยẤọ12".split(''),
      '\u0301',
      '👩‍👧',
    );
    const name = fc
      .oneof(
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.string({ unit: script, maxLength: 12 }),
      )
      .map(cleanName)
      .filter((text) => plainText(text) !== '');
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 40 }), (names) => {
        const store = open(newPath());
        for (const one of names)
          store.insertInvitation(aRow({ name: one, progress: A_PROGRESS.cancelled }));
        for (const one of names) expect(found(store, one)).toContain(one);
        store.close();
      }),
      { numRuns: 30 },
    );
  });
});
