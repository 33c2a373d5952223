import { createInstance, type i18n } from 'i18next';
import { ownDirection } from '../text-direction.ts';
import type { Language } from './languages.ts';
import type { LoadedTranslations } from './load-translations.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { readonly translation: LoadedTranslations };
  }
}

export type I18nParts = {
  readonly language: Language;
  readonly texts: object;
  /** The BCP 47 locale whose number format goes with this language. */
  readonly locale: (language: string) => string;
};

/** Creates the translations of a language with their plurals and numbers, ready synchronously. */
export function createI18n({ language, texts, locale }: I18nParts): i18n {
  const catalogue = createInstance();
  catalogue.use({
    type: 'formatter',
    init: () => {},
    add: () => {},
    addCached: () => {},
    format: (value: unknown, _format: unknown, spoken: string | undefined) => {
      if (typeof value === 'string') return ownDirection(value);
      return typeof value === 'number' && spoken !== undefined
        ? new Intl.NumberFormat(locale(spoken)).format(value)
        : value;
    },
  });
  void catalogue.init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: texts } },
    initAsync: false,
    // React escapes, and the desktop integration shows plain text.
    interpolation: { escapeValue: false, alwaysFormat: true },
  });
  return catalogue;
}
