import type { Translations } from './translations.ts';

/** Whether this PC has a Mac keyboard. */
const isMac = (): boolean => navigator.userAgent.includes('Mac');

/** The label of a shortcut on this PC's keyboard: Ctrl+D, Strg+D, ⌘D. */
export function ctrlShortcut({ t }: Translations, key: string): string {
  return isMac() ? `⌘${key}` : `${t('keys.ctrl')}+${key}`;
}

/** Alt+1, or ⌥1 on a Mac. */
export function altShortcut({ t }: Translations, key: string): string {
  return isMac() ? `⌥${key}` : `${t('keys.alt')}+${key}`;
}
