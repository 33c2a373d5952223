import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { speakPage } from '../../build/pages.mjs';
import { LANGUAGES, type Language } from '../../shared/i18n/languages.ts';

const ROOT = join(import.meta.dirname, '../..');
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Every text by its full key: `invite.phone`. */
function textsOf(language: Language): ReadonlyMap<string, string> {
  const file = join(ROOT, 'shared/locales', `${language}.json`);
  const flat = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') flat.set(path, value);
    else
      for (const [key, inner] of Object.entries(value ?? {}))
        walk(inner, path === '' ? key : `${path}.${key}`);
  };
  walk(JSON.parse(readFileSync(file, 'utf8')), '');
  return flat;
}

const TEXTS = new Map(LANGUAGES.map((language) => [language, textsOf(language)]));
const texts = (language: Language) => TEXTS.get(language) ?? new Map<string, string>();
const OTHERS = LANGUAGES.filter((language) => language !== 'en');

/** A key without its plural form. */
const baseOf = (key: string) => key.replace(PLURAL, '');
const isPlural = (key: string) => PLURAL.test(key);
const bases = (language: Language) =>
  [...new Set([...texts(language).keys()].map(baseOf))].toSorted();
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);

/** The texts that are rightly the same as in English, with their languages. */
const SAME_AS_ENGLISH: Readonly<Record<string, readonly Language[]>> = {
  'menu.services': ['fr'],
  'menu.file': ['it'],
  'about.version': ['fr', 'de'],
  'history.message': ['fr'],
  'invite.enter': ['pt'],
  'invite.nameHint': ['de'],
  'invite.message.link': ['it', 'pt'],
  'invite.message.title': ['fr'],
  'keys.ctrl': ['fr', 'es', 'it', 'pt'],
  'keys.enter': ['pt'],
  'keys.escape': ['es', 'it', 'de', 'pt'],
  'keys.alt': ['fr', 'de', 'es', 'it', 'pt'],
  'settings.desks.column.site': ['fr'],
  'settings.desks.column.code': ['fr'],
  'settings.desks.column.version': ['fr', 'de'],
  'otherDesks.joining.invitations_one': ['fr'],
  'otherDesks.joining.invitations_other': ['fr'],
  'settings.backup.invitations_one': ['fr'],
  'settings.backup.invitations_other': ['fr'],
};

/** The texts in which singular and plural are rightly equal, with their languages. */
const SAME_FOR_ONE: Readonly<Record<string, readonly Language[]>> = {
  // A number after a word, or one that counts nothing.
  'settings.doNotContact.show': LANGUAGES,
  'tray.tip': LANGUAGES,
  'settings.doNotContact.known': ['en'],
  'invite.message.count': ['en', 'de', 'es', 'pt'],
  'result.lateDecisionMany': ['de'],
  'otherDesks.joining.refusals': ['fr'],
};

test('each language has one file, and no other exists', () => {
  const files = readdirSync(join(ROOT, 'shared/locales')).toSorted();
  expect(files).toEqual(LANGUAGES.map((language) => `${language}.json`).toSorted());
});

describe.each(OTHERS)('the texts in %s', (language) => {
  test('are those of English, in the same order', () => {
    expect(bases(language)).toEqual(bases('en'));
    expect([...new Set([...texts(language).keys()].map(baseOf))]).toEqual([
      ...new Set([...texts('en').keys()].map(baseOf)),
    ]);
  });

  test('have the placeholders of English', () => {
    const english = new Map([...texts('en')].map(([key, text]) => [baseOf(key), text]));
    const differing = [...texts(language)].filter(([key, text]) => {
      const wanted = placeholders(english.get(baseOf(key)) ?? '');
      // "One invitation" may omit its number.
      const mayMiss = isPlural(key) && !key.endsWith('_other') ? ['count'] : [];
      const missing = wanted.filter((name) => !placeholders(text).includes(name));
      const unknown = placeholders(text).filter((name) => !wanted.includes(name));
      return unknown.length > 0 || missing.some((name) => !mayMiss.includes(name));
    });
    expect(differing.filter(([, text]) => text !== '')).toEqual([]);
  });

  test('are all translated', () => {
    const english = texts('en');
    const left = [...texts(language)].filter(
      ([key, text]) =>
        /[a-z]{2}/i.test(text.replaceAll(/\{\{\w+\}\}|Deskbell|Partoo|SMS/g, '')) &&
        text === english.get(key) &&
        SAME_AS_ENGLISH[key]?.includes(language) !== true,
    );
    expect(left).toEqual([]);
  });

  test('have no unnecessary exception', () => {
    const english = texts('en');
    const needless = Object.entries(SAME_AS_ENGLISH).filter(
      ([key, where]) => where.includes(language) && texts(language).get(key) !== english.get(key),
    );
    expect(needless).toEqual([]);
  });
});

describe.each(LANGUAGES)('the texts in %s', (language) => {
  test('have every plural form of the language', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const plurals = new Set([...texts(language).keys()].filter(isPlural).map(baseOf));
    const missing = [...plurals].flatMap((base) =>
      forms.map((form) => `${base}_${form}`).filter((key) => !texts(language).has(key)),
    );
    const needless = [...texts(language).keys()].filter(
      (key) =>
        isPlural(key) && !key.endsWith('_zero') && !forms.some((form) => key.endsWith(`_${form}`)),
    );
    expect({ missing, needless }).toEqual({ missing: [], needless: [] });
  });

  test('[row 236] use the forms of the language for each number, and tell one from many', () => {
    const uncounted = [...texts(language)].filter(
      ([key, text]) => placeholders(text).includes('count') && !isPlural(key),
    );
    const alike = [...texts(language)].filter(
      ([key, text]) =>
        key.endsWith('_one') &&
        texts(language).get(`${baseOf(key)}_other`) === text &&
        SAME_FOR_ONE[baseOf(key)]?.includes(language) !== true,
    );
    expect({ uncounted, alike }).toEqual({ uncounted: [], alike: [] });
  });

  test('use typographic characters', () => {
    const odd = [...texts(language)].filter(([, text]) => /['"`]|\.\.\.| {2}| $|\t/.test(text));
    expect(odd).toEqual([]);
  });

  test('exist for the whole first page', () => {
    const html = readFileSync(join(ROOT, 'renderer/index.html'), 'utf8');
    const page = speakPage(html, language);
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).toContain(`aria-label="${texts(language).get('invite.phone')}"`);
    expect(page).not.toMatch(/\{\{|<script(?![^>]*src=)|style=|<style|\son[a-z]+=/);
  });
});

describe('the conventions of a language', () => {
  /** Text that is no sentence: placeholders, addresses and times of day. */
  const NO_WORDS = /\{\{\w+\}\}|https?:\/\/|\d\d:\d\d/g;
  const offenders = (language: Language, wrong: RegExp) =>
    [...texts(language)].filter(([, text]) => wrong.test(text.replaceAll(NO_WORDS, 'x')));

  test.each(LANGUAGES)('a number in %s stays on the line of its unit', (language) => {
    const units =
      'days?|seconds?|minutes?|characters?|jours?|secondes?|caractères?|Tage?n?|Sekunden?|Minuten?|Zeichen|días?|segundos?|minutos?|giorn[oi]|second[oi]|minut[oi]|caratteri|dias?|caracteres';
    const broken = new RegExp(`(?:\\d|\\{\\{count\\}\\}) (?:${units})(?!\\p{L})`, 'u');
    expect([...texts(language)].filter(([, text]) => broken.test(text))).toEqual([]);
  });

  test('French sets narrow no-break spaces before high punctuation and inside its quotes', () => {
    expect(offenders('fr', /[^\u202F][;:!?»]|«[^\u202F]|[“”„]/)).toEqual([]);
  });

  test('Spanish opens its questions and uses its own quotes', () => {
    expect(offenders('es', /^[^¿]*\?|^[^¡]*!|[“”„]|« | »/)).toEqual([]);
  });

  test('Italian and Portuguese use their own quotes', () => {
    expect(offenders('it', /[“”„]|« | »/)).toEqual([]);
    expect(offenders('pt', /[“”„]|« | »/)).toEqual([]);
  });

  test('German quotes open at the baseline', () => {
    expect(offenders('de', /[”«»]|“[^.,;:!?) ]|[^„]*„[^“]*$/)).toEqual([]);
  });

  test('every language uses the formal address', () => {
    const words = (list: string) => new RegExp(`(?<!\\p{L})(?:${list})(?!\\p{L})`, 'iu');
    expect(offenders('fr', words('tu|ton|tes|toi'))).toEqual([]);
    expect(offenders('de', words('du|dein\\p{L}*|dich|dir'))).toEqual([]);
    expect(offenders('es', words('tú|tu|tus'))).toEqual([]);
    expect(offenders('it', words('tu|tuo|tua|tuoi|tue'))).toEqual([]);
    expect(offenders('pt', words('tu|teu|tua|teus|tuas|você'))).toEqual([]);
  });
});

test.each(LANGUAGES)(
  '[row 268] in %s the way back from the do-not-contact list does not speak of sending',
  (language) => {
    const label = TEXTS.get(language)?.get('result.undoSaidNo') ?? '';
    expect(label).not.toBe('');
    expect(label).not.toMatch(/envoi|invio|env[ií]o|send/i);
  },
);

describe('every text', () => {
  const sources = ['renderer', 'electron', 'shared'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(tsx?|html)$/.test(file))
      .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
  );
  const code = sources.join('\n');
  const literals = new Set(
    [...code.matchAll(/['"{]([\w-]+(?:\.[\w-]+)*)['"}]/g)].map(([, key]) => key),
  );
  const templates = [...code.matchAll(/`([\w-]+\.(?:[\w.-]|\$\{[^}`]*\})*)`/g)].map(
    ([, key = '']) =>
      new RegExp(`^${key.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[\\w-]+')}$`),
  );
  /** `title_ahead`: a text with a context, as i18next names it. */
  const contextless = (key: string) => key.replace(/_[a-z]+$/, '');

  test('is used', () => {
    const unused = bases('en').filter(
      (key) =>
        ![key, contextless(key)].some(
          (name) => literals.has(name) || templates.some((template) => template.test(name)),
        ),
    );
    expect(unused).toEqual([]);
  });
});
