import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../shared/i18n/languages.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Every text of a language by its full key: `invite.phone`. */
function textsOf(language: Language): ReadonlyMap<string, string> {
  const flat = new Map<string, string>();
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'string') flat.set(path.join('.'), value);
    else for (const [key, inner] of Object.entries(value ?? {})) walk(inner, [...path, key]);
  };
  walk(JSON.parse(read(`shared/locales/${language}.json`)), []);
  return flat;
}

const TEXTS = new Map(LANGUAGES.map((language) => [language, textsOf(language)]));
const textsIn = (language: Language) => TEXTS.get(language) ?? new Map<string, string>();

/** Documents use straight quotation marks and apostrophes, and begin a label in the middle of a sentence. */
const plain = (text: string): string =>
  text
    .replaceAll('’', "'")
    .replaceAll(/[\u00A0\u202F\s]+/g, ' ')
    .trim()
    .toLowerCase();

/** The quotation marks of each language. */
const QUOTES: Readonly<Record<Language, RegExp>> = {
  en: /“([^”]+)”/g,
  de: /„([^“]+)“/g,
  fr: /«([^»]+)»/g,
  es: /«([^»]+)»/g,
  it: /«([^»]+)»/g,
  pt: /«([^»]+)»/g,
};

/** Quotes in the translations that are no labels of Deskbell: Google's button, and the beginning of an address. */
const NO_LABELS: ReadonlySet<string> = new Set([
  'settings.reviewLink.hint',
  'settings.key.badAddress',
  'settings.reviewLink.notHttps',
]);

describe('[row 167] a label quoted in a text equals the label on the screen', () => {
  test.each(LANGUAGES)('%s', (language) => {
    const labels = new Set([...textsIn(language).values()].map(plain));
    const wrong = [...textsIn(language)]
      .filter(([key]) => !NO_LABELS.has(key))
      .flatMap(([key, text]) =>
        [...text.matchAll(QUOTES[language])].map(([, quoted = '']) => ({ key, quoted })),
      )
      .filter(({ quoted }) => !labels.has(plain(quoted)));
    expect(wrong).toEqual([]);
  });
});

/** Quotes and bold words in the documents that are no labels: spoken words, and keys. */
const NOT_ON_SCREEN: ReadonlySet<string> = new Set([
  'yes',
  'no',
  '…',
  'developer id application',
  'ctrl+l',
]);

const DOCUMENTS = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** `test/e2e/security.test.ts` "has no Node": a test named by words of its title. */
const TEST_TITLE = /`(test\/[^`]+)` "([^"]+)"/g;
const CODE = /```[^]*?```|`[^`\n]+`|<[^>]+>/g;

/** A label has no full stop; a question of the guide in bold, or a spoken sentence, has one. */
const IS_SENTENCE = /[.?]$/;

/** The labels that a document quotes. The guides set button labels in bold. */
function quotedIn(file: string): readonly string[] {
  const text = read(file).replaceAll(TEST_TITLE, '').replaceAll(CODE, ' ');
  const marks = file.endsWith('.fr.md') ? [QUOTES.fr] : [QUOTES.en, /"([^"]+)"/g];
  const bold = file.includes('user-guide') ? [/\*\*(.+?)\*\*/g] : [];
  return [...marks, ...bold]
    .flatMap((mark) => [...text.matchAll(mark)].map(([, quoted = '']) => plain(quoted)))
    .filter((quoted) => !IS_SENTENCE.test(quoted));
}

describe('[row 167] a label quoted in a document equals the label on the screen', () => {
  test.each(DOCUMENTS)('%s', (file) => {
    const language = file.endsWith('.fr.md') ? 'fr' : 'en';
    const shown = [...textsIn(language).values()].map((text) => ` ${words(text)} `);
    const wrong = quotedIn(file)
      .filter((quoted) => !NOT_ON_SCREEN.has(quoted))
      .filter((quoted) => !shown.some((text) => text.includes(` ${words(quoted)} `)));
    expect(wrong).toEqual([]);
  });

  test('and a quoted test title is in that test', () => {
    const titles = [...DOCUMENTS.map(read).join('\n').matchAll(TEST_TITLE)];
    expect(titles.length).toBeGreaterThan(3);
    const wrong = titles.filter(([, file = '', title = '']) => !read(file).includes(title));
    expect(wrong.map(([found]) => found)).toEqual([]);
  });
});

/** The words of a text, so that "Saved" is found in "Saved. The SMS …", and never inside a word. */
function words(text: string): string {
  return (plain(text).match(/[\p{L}\p{N}']+/gu) ?? []).join(' ');
}
