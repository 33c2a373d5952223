/** All languages of Deskbell; the first one is the fallback for other systems. */
export const LANGUAGES = ['en', 'fr', 'es', 'it', 'de', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The default region of a language for dates and numbers. */
const HOME = {
  en: 'en-GB',
  fr: 'fr-FR',
  es: 'es-ES',
  it: 'it-IT',
  de: 'de-DE',
  pt: 'pt-PT',
} as const satisfies Record<Language, string>;

/** Returns the first of some BCP 47 locales that Deskbell supports. */
export function languageOf(locales: readonly string[]): Language {
  for (const locale of locales) {
    const spoken = LANGUAGES.find((language) => speaks(locale, language));
    if (spoken !== undefined) return spoken;
  }
  return LANGUAGES[0];
}

/**
 * Returns the locale for dates, times and numbers: the region of the PC if its system uses the same language (so that
 * an American PC shows American dates); else the language's default region in Europe.
 */
export function localeFor(language: Language, systemLocale: string): string {
  const regional = speaks(systemLocale, language) && systemLocale.includes('-');
  return regional && isLocale(systemLocale) ? systemLocale : HOME[language];
}

function speaks(locale: string, language: Language): boolean {
  return locale.toLowerCase().split(/[-_]/)[0] === language;
}

/** Linux may report a name that is not a BCP 47 locale. */
function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
