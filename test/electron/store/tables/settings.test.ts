import { describe, expect, test } from 'vitest';
import type { BadRow } from '../../../../electron/store/rows/bad-row.ts';
import { DEFAULT_SETTINGS } from '../../../../shared/settings.ts';
import { newPath, open, tamper } from '../../../support/builders/store.ts';

describe('settings', () => {
  test('are empty until a person sets one', () => {
    expect(open(newPath()).readSettings()).toEqual({});
  });

  test('are all stored, over a restart', () => {
    const path = newPath();
    const store = open(path);
    store.saveSettings(DEFAULT_SETTINGS);
    expect(store.readSettings()).toEqual(DEFAULT_SETTINGS);
    store.close();
    expect(open(path).readSettings()).toEqual(DEFAULT_SETTINGS);
  });

  test('change one by one; null is a value, absence is not', () => {
    const store = open(newPath());
    store.saveSettings({ undoSeconds: 5, sendingHours: null });
    store.saveSettings({ undoSeconds: 0, staff: undefined });
    expect(store.readSettings()).toEqual({ undoSeconds: 0, sendingHours: null });
  });

  test('that are invalid are left out and reported, the others stay', () => {
    const path = newPath();
    const store = open(path);
    store.saveSettings({ undoSeconds: 5, kiosk: true, language: 'en', staff: ['Léa'] });
    store.close();
    tamper(path, (db) => {
      db.pragma('ignore_check_constraints = ON');
      db.exec("UPDATE setting SET value = 'Léa' WHERE name = 'staff'");
      db.exec("UPDATE setting SET value = '61' WHERE name = 'undoSeconds'");
      db.exec(`INSERT INTO setting (name, value) VALUES ('colour', '"red"')`);
    });

    const bad: BadRow[] = [];
    const reopened = open(path, (row) => bad.push(row));
    expect(reopened.readSettings()).toEqual({ kiosk: true, language: 'en' });
    expect(reopened.readSettings()).toEqual({ kiosk: true, language: 'en' });
    expect(bad).toEqual([
      { table: 'setting', key: 'colour', why: 'unrecognized_keys' },
      { table: 'setting', key: 'staff', why: 'custom' },
      { table: 'setting', key: 'undoSeconds', why: 'undoSeconds: too_big' },
    ]);
  });
});
