import { describe, expect, test } from 'vitest';
import { languageOf, localeFor } from '../../../shared/i18n/languages.ts';

test.each([
  [['fr-CA'], 'fr'],
  [['FR'], 'fr'],
  [['pt_BR.UTF-8'], 'pt'],
  [['nl-NL', 'de-AT', 'en-GB'], 'de'],
  [['nl-NL'], 'en'],
  [['frr', 'item', 'C'], 'en'],
  [[], 'en'],
])('a system in %j gets %s', (locales, language) => {
  expect(languageOf(locales)).toBe(language);
});

describe('dates and numbers', () => {
  test.each([
    ['en', 'en-US', 'en-US'],
    ['en', 'en', 'en-GB'],
    ['en', 'fr-FR', 'en-GB'],
    ['fr', 'en-US', 'fr-FR'],
    ['fr', 'fr-CA', 'fr-CA'],
    ['de', 'de-CH', 'de-CH'],
    ['pt', 'en-US', 'pt-PT'],
    ['pt', 'pt-BR', 'pt-BR'],
    ['en', 'en_US.UTF-8', 'en-GB'],
    ['en', 'en-US.UTF-8', 'en-GB'],
  ] as const)('of %s on a system in %s are those of %s', (language, system, locale) => {
    expect(localeFor(language, system)).toBe(locale);
  });
});
