import type { Language } from './languages.ts';
import type en from '../locales/en.json';

/** All texts of one language. The others have the keys of English, and their own plural forms. */
export type LoadedTranslations = typeof en;

const LOADERS: Readonly<Record<Language, () => Promise<{ readonly default: object }>>> = {
  en: () => import('../locales/en.json', { with: { type: 'json' } }),
  fr: () => import('../locales/fr.json', { with: { type: 'json' } }),
  es: () => import('../locales/es.json', { with: { type: 'json' } }),
  it: () => import('../locales/it.json', { with: { type: 'json' } }),
  de: () => import('../locales/de.json', { with: { type: 'json' } }),
  pt: () => import('../locales/pt.json', { with: { type: 'json' } }),
};

/** Loads the texts of one language only. */
export async function importTranslations(language: Language): Promise<object> {
  return (await LOADERS[language]()).default;
}
