/** Every language that Deskbell speaks; the first one is spoken where the system's is not among them. */
export const LANGUAGES = ['en', 'fr', 'es', 'it', 'de', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Whose dates and numbers a language has where nothing else is known. */
const HOME = {
  en: 'en-GB',
  fr: 'fr-FR',
  es: 'es-ES',
  it: 'it-IT',
  de: 'de-DE',
  pt: 'pt-PT',
} as const satisfies Record<Language, string>;

/** The first of some BCP 47 locales that Deskbell speaks. */
export function languageOf(locales: readonly string[]): Language {
  for (const locale of locales) {
    const spoken = LANGUAGES.find((language) => speaks(locale, language));
    if (spoken !== undefined) return spoken;
  }
  return LANGUAGES[0];
}

/**
 * Whose dates, times and numbers go with a language: those of the region of the PC where its system speaks the same
 * language (so that an American PC shows American dates); else those of the language's home, in Europe.
 */
export function localeFor(language: Language, systemLocale: string): string {
  const regional = speaks(systemLocale, language) && systemLocale.includes('-');
  return regional && isLocale(systemLocale) ? systemLocale : HOME[language];
}

function speaks(locale: string, language: Language): boolean {
  return locale.toLowerCase().split(/[-_]/)[0] === language;
}

/** Linux may give a name that is no BCP 47 locale. */
function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
