import type { Language } from './languages.ts';
import type en from '../locales/en.json';

/** Every text of one language. The others have the keys of English, and the plural forms that are their own. */
export type LoadedTranslations = typeof en;

const LOADERS: Readonly<Record<Language, () => Promise<{ readonly default: object }>>> = {
  en: () => import('../locales/en.json', { with: { type: 'json' } }),
  fr: () => import('../locales/fr.json', { with: { type: 'json' } }),
  es: () => import('../locales/es.json', { with: { type: 'json' } }),
  it: () => import('../locales/it.json', { with: { type: 'json' } }),
  de: () => import('../locales/de.json', { with: { type: 'json' } }),
  pt: () => import('../locales/pt.json', { with: { type: 'json' } }),
};

/** The texts of one language; no other one is loaded. */
export async function importTranslations(language: Language): Promise<object> {
  return (await LOADERS[language]()).default;
}
