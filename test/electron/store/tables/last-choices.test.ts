import { expect, test } from 'vitest';
import type { BadRow } from '../../../../electron/store/rows/bad-row.ts';
import { NINE } from '../../../support/builders/row.ts';
import { newPath, open, tamper } from '../../../support/builders/store.ts';

const own = { text: 'Hello {name}: @link', isUsed: true };

test('the last choice of each kind survives a restart, with a text for each business', () => {
  const path = newPath();
  const store = open(path);
  expect(store.readRemembered()).toEqual({ businessId: null, onDuty: null, messages: {} });
  store.remember({ kind: 'business', businessId: 'b1' });
  store.remember({ kind: 'business', businessId: 'b2' });
  store.remember({ kind: 'on-duty', onDuty: { name: 'Léa', since: NINE } });
  store.remember({ kind: 'message', businessId: 'b1', message: { ...own, isUsed: false } });
  store.remember({ kind: 'message', businessId: 'b1', message: own });
  store.remember({ kind: 'message', businessId: 'b2', message: { text: '', isUsed: false } });
  store.close();

  const reopened = open(path);
  expect(reopened.readRemembered()).toEqual({
    businessId: 'b2',
    onDuty: { name: 'Léa', since: NINE },
    messages: { b1: own, b2: { text: '', isUsed: false } },
  });
  reopened.remember({ kind: 'on-duty', onDuty: null });
  expect(reopened.readRemembered().onDuty).toBeNull();
});

test('an unreadable choice is left out and reported without its content', () => {
  const path = newPath();
  const store = open(path);
  store.remember({ kind: 'business', businessId: 'b1' });
  store.remember({ kind: 'message', businessId: 'b1', message: own });
  store.close();
  tamper(path, (db) => db.exec(`UPDATE remembered SET value = '"Marie"' WHERE kind = 'message'`));

  const bad: BadRow[] = [];
  const reopened = open(path, (row) => bad.push(row));
  expect(reopened.readRemembered()).toMatchObject({ businessId: 'b1', messages: {} });
  expect(bad).toMatchObject([{ table: 'remembered', key: 'message' }]);
  expect(JSON.stringify(bad)).not.toContain('Marie');
});
