import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { shortcutsEverywhere, shortcutsOf } from '../../../renderer/shortcuts/shortcuts.ts';
import { isShortcutsPress } from '../../../renderer/shortcuts/use-shortcuts-key.ts';
import { createTranslations } from '../../../renderer/i18n/translations.ts';
import type { Language } from '../../../shared/i18n/languages.ts';
import { importTranslations } from '../../../shared/i18n/load-translations.ts';

const desk = { hasStaff: true };

const translationsFor = async (language: Language) =>
  createTranslations(language, await importTranslations(language), language);

beforeEach(() => vi.stubGlobal('navigator', { userAgent: 'X11; Linux x86_64' }));
afterEach(() => vi.unstubAllGlobals());

describe('the shortcuts', () => {
  test('of the form name the sender only where there is staff', async () => {
    const english = await translationsFor('en');
    const does = (hasStaff: boolean) =>
      shortcutsOf(english, 'invite', { hasStaff }).map((shortcut) => shortcut.does);
    expect(does(true)).toContain('Choose who sends');
    expect(does(false)).not.toContain('Choose who sends');
    expect(does(false)).toContain('Customer doesn’t want SMS');
  });

  test('have the labels of the keyboard', async () => {
    const german = await translationsFor('de');
    expect(shortcutsOf(german, 'invite', desk).flatMap(({ keys }) => keys)).toEqual([
      'Eingabe',
      'Strg+Z',
      'Strg+D',
      'Alt+1 – 9',
      'Esc',
    ]);
    vi.stubGlobal('navigator', { userAgent: 'Macintosh; Intel Mac OS X' });
    expect(shortcutsEverywhere(german).flatMap(({ keys }) => keys)).toContain('⌘L');
  });

  test.each(['invite', 'outbox', 'history', 'settings'] as const)(
    'of %s are described once each',
    async (tab) => {
      const english = await translationsFor('en');
      const all = [...shortcutsOf(english, tab, desk), ...shortcutsEverywhere(english)];
      const described = all.map(({ does }) => does);
      expect(new Set(described).size).toBe(all.length);
    },
  );
});

describe('the key that shows them', () => {
  const press = { key: '/', ctrlKey: true, metaKey: false, altKey: false, repeat: false };
  test.each([
    ['Ctrl+/', press, true],
    ['Cmd+/', { ...press, ctrlKey: false, metaKey: true }, true],
    ['/ alone', { ...press, ctrlKey: false }, false],
    ['AltGr+/', { ...press, altKey: true }, false],
    ['a held key', { ...press, repeat: true }, false],
    ['Ctrl+7', { ...press, key: '7' }, false],
  ])('%s', (_name, event, isShown) => {
    expect(isShortcutsPress(event)).toBe(isShown);
  });
});
