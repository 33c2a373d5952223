import type { TFunction } from 'i18next';
import { createI18n } from '../../shared/i18n/create-i18n.ts';
import { languageOf, localeFor, type Language } from '../../shared/i18n/languages.ts';
import { importTranslations } from '../../shared/i18n/load-translations.ts';

/** What the main process says itself: in the tray, the menu, notifications and dialogs. */
export type Translations = {
  /** Stays the same when the language changes. */
  readonly t: TFunction;
  readonly speak: (language: Language) => Promise<void>;
};

/** Loads the words of one language. */
export async function loadTranslations(
  language: Language,
  systemLocale: string,
): Promise<Translations> {
  const catalogue = createI18n({
    language,
    texts: await importTranslations(language),
    locale: (spoken) => localeFor(languageOf([spoken]), systemLocale),
  });
  return {
    t: catalogue.t,
    speak: async (next) => {
      if (next === catalogue.language) return;
      catalogue.addResourceBundle(next, 'translation', await importTranslations(next));
      await catalogue.changeLanguage(next);
    },
  };
}
