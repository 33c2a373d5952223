import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../shared/i18n/languages.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/**
 * Words that address satisfied customers only, in the six languages. Google forbids to "selectively solicit positive
 * reviews": https://support.google.com/contributionpolicy/answer/7400114
 */
const SATISFIED =
  /(?<!\p{L})(?:happy|satisfied|pleased|enjoy(?:ed|ing)?|liked|to your liking|delighted|plu|content(?:e|s|es)? de|satisfait(?:e|s|es)?|ravie?s? de (?:votre|son)|gefallen|zufrieden\p{L}*|glücklich\p{L}*|gust\p{L}*|encantad\p{L}*|satisfech\p{L}*|contento|contenta|piaciut\p{L}*|soddisfatt\p{L}*|gostou|satisfeit\p{L}*|agradou)(?!\p{L})/iu;

const filesIn = (folder: string, ending: RegExp): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => `${folder}/${file}`);

/** The texts that customers or staff read, and those that the staged screens and the demo send. */
const READ_BY_PEOPLE = [
  'README.md',
  'CHANGELOG.md',
  'package.json',
  'electron-builder.yml',
  ...filesIn('docs', /\.md$/),
  ...filesIn('test/screenshots', /\.tsx?$/),
  ...filesIn('test/demo', /\.tsx?$/),
  ...LANGUAGES.map((language) => `shared/locales/${language}.json`),
];

test('finds the forbidden words', () => {
  const gating = [
    'A customer is about to leave and was happy.',
    'Votre séjour vous a plu ?',
    'Hat es Ihnen gefallen?',
    '¿Le ha gustado?',
    'Le è piaciuto?',
    'Gostou da sua visita?',
  ];
  expect(gating.filter((text) => !SATISFIED.test(text))).toEqual([]);
  expect('Bonjour, le plus simple est d’activer ce réglage : contenu').not.toMatch(SATISFIED);
});

test.each(READ_BY_PEOPLE)('%s asks every customer, whatever their experience', (file) => {
  const wrong = read(file)
    .split('\n')
    .filter((line) => SATISFIED.test(line));
  expect(wrong).toEqual([]);
});

test.each(LANGUAGES)('the card and the example in %s ask an open question', (language) => {
  const texts = read(`shared/locales/${language}.json`);
  const card = /"print": \{[^]*?"card": \{[^]*?"text": "([^"]+)"/.exec(texts)?.[1];
  const example = /"example": "([^"]*@link[^"]*)"/.exec(texts)?.[1];
  expect([card, example].map((text) => (text ?? '').length > 0)).toEqual([true, true]);
  expect(`${card} ${example}`).not.toMatch(SATISFIED);
});
