import type { TFunction } from 'i18next';
import { createContext, use } from 'react';
import { createI18n } from '../../shared/i18n/create-i18n.ts';
import { localeFor, type Language } from '../../shared/i18n/languages.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import { createFormats, type Formats } from './formats.ts';

/** The texts and the formats of one language. */
export type Translations = Formats & {
  readonly t: TFunction;
  readonly language: Language;
  /** The BCP 47 locale of dates, times and numbers. */
  readonly locale: string;
};

/** Creates the translations of a loaded language, with the formats of the PC where they match it. */
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

const TranslationsContext = createContext<Translations | null>(null);
export const TranslationsProvider = TranslationsContext.Provider;

/** Returns the translations of the current language. */
export function useTranslations(): Translations {
  const translations = use(TranslationsContext);
  if (translations === null) throw new Error('useTranslations outside of TranslationsProvider');
  return translations;
}
