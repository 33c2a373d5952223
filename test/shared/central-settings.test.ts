import { expect, test } from 'vitest';
import { NO_CENTRAL, readCentral, takeCentral } from '../../shared/central-settings.ts';
import { centralSettingsSchema, settingChangeSchema } from '../../shared/settings.ts';

const given = (values: Readonly<Record<string, unknown>>) => ({
  version: 'v1',
  values,
  shared: ['staff'],
});

test('takes each usable value over, also null and false', () => {
  const values = { undoSeconds: 20, sendingHours: null, requireConsent: false, staff: ['Léa'] };
  expect(takeCentral(given(values), NO_CENTRAL)).toEqual({
    version: 'v1',
    settings: values,
    shared: ['staff'],
    unusable: [],
  });
});

test('an unusable value is named, and the last good one holds; the others are taken over', () => {
  const before = { settings: { undoSeconds: 20 } };
  const values = { undoSeconds: 'long', houseWindowDays: -1, requireConsent: true };
  expect(takeCentral(given(values), before)).toMatchObject({
    settings: { undoSeconds: 20, requireConsent: true },
    unusable: ['undoSeconds', 'houseWindowDays'],
  });
  expect(takeCentral(given(values), before).settings).not.toHaveProperty('houseWindowDays');
});

test('a setting that is taken back is gone', () => {
  expect(takeCentral(given({}), { settings: { undoSeconds: 20 } }).settings).toEqual({});
});

test.each([
  'apiUrl',
  'siteDatabase',
  'caFile',
  'updateFeed',
  'updateKey',
  'deepLink',
  'kiosk',
  'startWithComputer',
  'hotKey',
  'requestsPerMinute',
  'toString',
  '__proto__',
  'aSettingOfNextYear',
])('[row 317] %s is passed over: a database that was taken over must not set it', (name) => {
  const values: unknown = JSON.parse(`{ "${name}": "https://elsewhere.example" }`);
  const taken = takeCentral({ ...given({}), values: Object(values) }, NO_CENTRAL);
  expect(taken).toMatchObject({ settings: {}, unusable: [] });
  expect(Object.keys(taken.settings)).toEqual([]);
});

test('every central setting is one that a person may change', () => {
  const changeable = Object.keys(settingChangeSchema.shape);
  expect(changeable).toEqual(expect.arrayContaining(Object.keys(centralSettingsSchema.shape)));
});

test('parses stored central settings, and ignores anything else', () => {
  const central = takeCentral(given({ undoSeconds: 20 }), NO_CENTRAL);
  expect(readCentral(JSON.parse(JSON.stringify(central)))).toEqual(central);
  expect(readCentral(null)).toEqual(NO_CENTRAL);
  expect(readCentral({ ...central, settings: { apiUrl: 'https://elsewhere.example' } })).toEqual(
    NO_CENTRAL,
  );
});
