import { expect, test } from 'vitest';
import { aPhone, NINE } from '../../../support/builders/row.ts';
import { newPath, open } from '../../../support/builders/store.ts';

test('a number that does not want to be contacted is found, since when it was first said', () => {
  const path = newPath();
  const store = open(path);
  expect(store.findDoNotContact(aPhone(0))).toBeUndefined();
  store.addDoNotContact({ phone: aPhone(0), since: NINE, staff: 'Léa' });
  store.addDoNotContact({ phone: aPhone(0), since: NINE + 1, staff: null });
  store.close();

  const reopened = open(path);
  expect(reopened.findDoNotContact(aPhone(0))).toBe(NINE);
  expect(reopened.findDoNotContact(aPhone(1))).toBeUndefined();
});

test('a slip of the finger is taken back, an older entry stays', () => {
  const store = open(newPath());
  store.addDoNotContact({ phone: aPhone(0), since: NINE, staff: null });
  store.undoAddDoNotContact({ phone: aPhone(0), since: NINE + 1 });
  expect(store.findDoNotContact(aPhone(0))).toBe(NINE);
  store.undoAddDoNotContact({ phone: aPhone(0), since: NINE });
  expect(store.findDoNotContact(aPhone(0))).toBeUndefined();
});
