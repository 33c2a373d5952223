import { expect, test } from 'vitest';
import { createI18n } from '../../../shared/i18n/create-i18n.ts';
import { localeFor, type Language } from '../../../shared/i18n/languages.ts';
import { importTranslations } from '../../../shared/i18n/load-translations.ts';

const speak = async (language: Language) => {
  const texts = await importTranslations(language);
  return createI18n({ language, texts, locale: () => localeFor(language, '') }).t;
};

test.each([
  ['en', 1, '1 invitation not sent yet'],
  ['en', 1_234, '1,234 invitations not sent yet'],
  ['fr', 0, '0 invitation n’est pas encore partie'],
  ['fr', 1, '1 invitation n’est pas encore partie'],
  ['fr', 2, '2 invitations ne sont pas encore parties'],
  ['fr', 1_234, '1\u202F234 invitations ne sont pas encore parties'],
  ['de', 1_234, '1.234 Einladungen noch nicht gesendet'],
  ['es', 12_345, '12.345 invitaciones pendientes de envío'],
  ['it', 12_345, '12.345 inviti non sono ancora partiti'],
  ['pt', 12_345, '12\u00A0345 convites por enviar'],
] as const)('in %s %i has the usual plural and digits', async (language, count, words) => {
  const t = await speak(language);
  expect(t('tab.waiting', { count })).toBe(words);
});

test('typed text is shown unchanged', async () => {
  const t = await speak('en');
  const name = '{{count}} $t(product) <b>&amp;';
  expect(t('result.waiting', { who: name })).toBe(
    `Saved. The SMS to ${name} will be sent as soon as possible.`,
  );
});

test('[row 81] a name in another direction changes only its own direction', async () => {
  const t = await speak('en');
  expect(t('result.waiting', { who: 'דנה \u202E לוי' })).toBe(
    'Saved. The SMS to \u2068דנה  לוי\u2069 will be sent as soon as possible.',
  );
});
