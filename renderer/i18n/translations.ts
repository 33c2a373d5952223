import type { TFunction } from 'i18next';
import { createContext, use } from 'react';
import { createI18n } from '../../shared/i18n/create-i18n.ts';
import { localeFor, type Language } from '../../shared/i18n/languages.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import { createFormats, type Formats } from './formats.ts';

/** All that a sentence needs: the texts and the formats of one language. */
export type Translations = Formats & {
  readonly t: TFunction;
  readonly language: Language;
  /** Whose dates, times and numbers are written, as a BCP 47 locale. */
  readonly locale: string;
};

/** The words of a language whose texts are there, with the formats of the PC where they fit. */
export function createTranslations(
  language: Language,
  texts: object,
  systemLocale: string,
): Translations {
  const locale = localeFor(language, systemLocale);
  const { t } = createI18n({ language, texts, locale: () => locale });
  const formats = createFormats(locale);
  return {
    t,
    language,
    locale,
    ...formats,
    ago: (at, now) => (now - at < MINUTE_MS ? t('common.justNow') : formats.ago(at, now)),
  };
}

const WordsContext = createContext<Translations | null>(null);
export const TranslationsProvider = WordsContext.Provider;

/** The words in the language that is set. */
export function useTranslations(): Translations {
  const words = use(WordsContext);
  if (words === null) throw new Error('useWords outside of WordsProvider');
  return words;
}
