import type { Translations } from './translations.ts';

/** Whether the keys of this PC are a Mac's. */
const isMac = (): boolean => navigator.userAgent.includes('Mac');

/** A shortcut as it stands on this PC's keyboard: Ctrl+D, Strg+D, ⌘D. */
export function ctrlShortcut({ t }: Translations, key: string): string {
  return isMac() ? `⌘${key}` : `${t('keys.ctrl')}+${key}`;
}

/** Alt+1, or ⌥1 on a Mac. */
export function altShortcut({ t }: Translations, key: string): string {
  return isMac() ? `⌥${key}` : `${t('keys.alt')}+${key}`;
}
