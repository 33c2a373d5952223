import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { localeFor, type Language } from '../../shared/i18n/languages.ts';
import { importTranslations } from '../../shared/i18n/load-translations.ts';
import {
  createTranslations,
  useTranslations,
  TranslationsProvider,
  type Translations,
} from './translations.ts';

/** The language to show, and the system's locale for dates. */
type Wanted = { readonly language: Language; readonly systemLocale: string };

const SpeakContext = createContext<(translations: Translations) => void>(() => {});

/** Provides the translations; the language can change without losing input. */
export function LanguageProvider({
  first,
  children,
}: {
  readonly first: Translations;
  readonly children: ReactNode;
}) {
  const [translations, setTranslations] = useState(first);
  useEffect(() => {
    document.documentElement.lang = translations.language;
  }, [translations.language]);
  return (
    <TranslationsProvider value={translations}>
      <SpeakContext value={setTranslations}>{children}</SpeakContext>
    </TranslationsProvider>
  );
}

/** Switches to the given language; null while it is unknown. */
export function useLanguage(wanted: Wanted | null): void {
  const speak = use(SpeakContext);
  const spoken = useTranslations();
  const language = wanted?.language ?? spoken.language;
  const systemLocale = wanted?.systemLocale ?? spoken.locale;
  const isSpoken =
    language === spoken.language && localeFor(language, systemLocale) === spoken.locale;
  useEffect(() => {
    if (isSpoken) return undefined;
    let isStale = false;
    void importTranslations(language).then((texts) => {
      if (!isStale) speak(createTranslations(language, texts, systemLocale));
    });
    return () => {
      isStale = true;
    };
  }, [isSpoken, language, systemLocale, speak]);
}
