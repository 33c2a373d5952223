import type { TabName } from '../shell/tabs.tsx';
import { altShortcut, ctrlShortcut } from '../i18n/shortcut-label.ts';
import type { Translations } from '../i18n/translations.ts';

/** Keys as they are labelled on this PC's keyboard, and what they do. */
export type Shortcut = { readonly keys: readonly string[]; readonly does: string };

/** Returns the shortcuts of one tab. */
export function shortcutsOf(
  translations: Translations,
  tab: TabName,
  desk: { readonly hasStaff: boolean },
): readonly Shortcut[] {
  const { t } = translations;
  const enter = t('keys.enter');
  const escape = t('keys.escape');
  const arrows = ['↑', '↓'];
  switch (tab) {
    case 'invite':
      return [
        { keys: [enter], does: t('shortcuts.send') },
        { keys: [ctrlShortcut(translations, 'Z')], does: t('shortcuts.undo') },
        { keys: [ctrlShortcut(translations, 'D')], does: t('invite.saidNo') },
        ...(desk.hasStaff
          ? [{ keys: [altShortcut(translations, '1 – 9')], does: t('shortcuts.sender') }]
          : []),
        { keys: [escape], does: t('shortcuts.clear') },
      ];
    case 'outbox':
      return [];
    case 'history':
      return [
        { keys: arrows, does: t('shortcuts.move') },
        { keys: [enter], does: t('shortcuts.open') },
      ];
    case 'settings':
      return [
        { keys: [enter], does: t('shortcuts.save') },
        { keys: [escape], does: t('shortcuts.restore') },
      ];
    default:
      return tab satisfies never;
  }
}

/** Returns the shortcuts that work on every screen. */
export function shortcutsEverywhere(translations: Translations): readonly Shortcut[] {
  const { t } = translations;
  const key = (name: string): string => ctrlShortcut(translations, name);
  return [
    { keys: [key('1 – 4')], does: t('shortcuts.tabs') },
    { keys: [key('L')], does: t('shortcuts.hide') },
    { keys: [key('+'), key('-'), key('0')], does: t('shortcuts.zoom') },
    { keys: [key('/')], does: t('shortcuts.list') },
  ];
}
