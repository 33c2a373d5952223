import type { TFunction } from 'i18next';
import { createCatalogue } from '../../shared/i18n/create-i18n.ts';
import { languageOf, localeFor, type Language } from '../../shared/i18n/languages.ts';
import { loadTexts } from '../../shared/i18n/load-translations.ts';

/** What the main process says itself: in the tray, the menu, notifications and dialogs. */
export type MainWords = {
  /** Stays the same when the language changes. */
  readonly t: TFunction;
  readonly speak: (language: Language) => Promise<void>;
};

/** Loads the words of one language. */
export async function loadWords(language: Language, systemLocale: string): Promise<MainWords> {
  const catalogue = createCatalogue({
    language,
    texts: await loadTexts(language),
    locale: (spoken) => localeFor(languageOf([spoken]), systemLocale),
  });
  return {
    t: catalogue.t,
    speak: async (next) => {
      if (next === catalogue.language) return;
      catalogue.addResourceBundle(next, 'translation', await loadTexts(next));
      await catalogue.changeLanguage(next);
    },
  };
}
