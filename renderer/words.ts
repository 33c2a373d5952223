import { createInstance, type i18n, type TFunction } from 'i18next';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import en from '../shared/locales/en.json';
import { createFormats, localeFor, type Formats } from './formats.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { readonly translation: typeof en };
  }
}

/** All that a sentence needs: the catalogue and the formats of one language. */
export type Words = { readonly t: TFunction } & Formats;

/** The catalogue, ready at once. */
export function createCatalogue(language: string): i18n {
  const catalogue = createInstance();
  void catalogue.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    initAsync: false,
    // React escapes.
    interpolation: { escapeValue: false },
  });
  return catalogue;
}

/** The words in the language of a catalogue, with the formats of the PC. */
export function wordsOf(catalogue: i18n, systemLocale: string): Words {
  return { t: catalogue.t, ...createFormats(localeFor(catalogue.language, systemLocale)) };
}

/** The words in the language that is set. */
export function useWords(): Words {
  const { i18n: catalogue } = useTranslation();
  return useMemo(() => wordsOf(catalogue, navigator.language), [catalogue]);
}
