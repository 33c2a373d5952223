import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LANGUAGES, languageOf, type Language } from '../../shared/i18n/languages.ts';

export type LanguageSetting = {
  /** The language of now. Until `speak` it is that of the last run, or the system's on the first one. */
  readonly current: () => Language;
  readonly speak: (language: Language) => void;
  /** Calls `listener` after each change, when `current` returns it. */
  readonly onChange: (listener: () => void) => void;
};

/**
 * Which language is spoken. The settings that say so are opened beside the page, which should not wait for them and
 * not change its language before everybody's eyes at each start: so the last one is kept in a small file.
 */
export function createLanguageSetting(
  file: string,
  systemLanguages: () => readonly string[],
): LanguageSetting {
  const last = readLast(file);
  let current = last ?? languageOf(systemLanguages());
  let kept = last;
  const listeners: (() => void)[] = [];
  return {
    current: () => current,
    speak: (language) => {
      const isNew = language !== current;
      current = language;
      if (isNew) for (const listener of listeners) listener();
      if (language === kept) return;
      kept = language;
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `${language}\n`);
      } catch {
        // The next start begins in another language and changes it a moment later.
      }
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

function readLast(file: string): Language | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return LANGUAGES.find((language) => language === text);
  } catch {
    return undefined;
  }
}
