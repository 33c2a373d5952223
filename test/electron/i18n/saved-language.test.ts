import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLanguageSetting } from '../../../electron/i18n/saved-language.ts';
import { temporaryFolder } from '../../support/builders/store.ts';

const aFile = () => join(temporaryFolder(), 'language');

test('the first run speaks the language of the system, later ones the last language', () => {
  const file = aFile();
  const first = createLanguageSetting(file, () => ['fr-FR', 'de']);
  expect(first.current()).toBe('fr');
  first.speak('de');
  expect(createLanguageSetting(file, () => ['fr-FR']).current()).toBe('de');
});

test('a file that names no language is ignored', () => {
  const file = aFile();
  writeFileSync(file, 'klingon');
  expect(createLanguageSetting(file, () => ['fr-FR']).current()).toBe('fr');
});

test('listeners hear each change, but not the same language again', () => {
  const setting = createLanguageSetting(aFile(), () => ['en']);
  const heard: string[] = [];
  setting.onChange(() => void heard.push(setting.current()));
  setting.speak('en');
  setting.speak('fr');
  setting.speak('fr');
  expect(heard).toEqual(['fr']);
});
