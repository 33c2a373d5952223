import type { MenuItemConstructorOptions } from 'electron/main';
import { describe, expect, test, vi } from 'vitest';
import type { MenuChoice } from '../../../shared/menu-choice.ts';
import type { ZoomChange } from '../../../electron/window/zoom.ts';
import { loadTranslations } from '../../../electron/i18n/translations.ts';

vi.mock('electron/main', () => ({ Menu: {} }));
const { menuTemplate } = await import('../../../electron/window/menu.ts');
const { contextItems } = await import('../../../electron/window/context-menu.ts');

const { t } = await loadTranslations('en', 'en-GB');

function aMenu(platform: NodeJS.Platform, shape: 'whole' | 'kiosk' = 'whole') {
  const chosen: (MenuChoice | ZoomChange)[] = [];
  const quits: string[] = [];
  const template = menuTemplate({
    platform,
    t,
    shape,
    quit: () => void quits.push('quit'),
    zoom: (change) => void chosen.push(change),
    choose: (choice) => void chosen.push(choice),
  });
  const items = template.flatMap(itemsBelow);
  const press = (accelerator: string) => {
    for (const item of items.filter((each) => each.accelerator === accelerator)) {
      Reflect.apply(item.click ?? (() => {}), undefined, []);
    }
    return chosen.splice(0);
  };
  return { template, items, press, quits };
}

function itemsBelow(item: MenuItemConstructorOptions): MenuItemConstructorOptions[] {
  return Array.isArray(item.submenu) ? item.submenu.flatMap(itemsBelow) : [item];
}

const SYSTEMS = ['win32', 'linux', 'darwin'] as const;

describe.each(SYSTEMS)('the menu of %s', (platform) => {
  test('is in the language of the window', () => {
    const { template, items } = aMenu(platform);
    const shown = [...template, ...items].filter(
      ({ type, visible }) => type !== 'separator' && visible !== false,
    );
    expect(shown.filter(({ label }) => label === undefined || /[._]/.test(label))).toEqual([]);
  });

  test('has the editing keys, and none that a page must not have', () => {
    const roles = aMenu(platform).items.map(({ role }) => role);
    expect(roles).toEqual(expect.arrayContaining(['undo', 'cut', 'copy', 'paste', 'selectAll']));
    for (const role of ['reload', 'forceReload', 'toggleDevTools'])
      expect(roles).not.toContain(role);
  });

  test('zooms with every usual key', () => {
    const { press } = aMenu(platform);
    for (const key of ['Plus', '=', 'numadd'])
      expect(press(`CommandOrControl+${key}`)).toEqual(['in']);
    for (const key of ['-', 'numsub']) expect(press(`CommandOrControl+${key}`)).toEqual(['out']);
    for (const key of ['0', 'num0']) expect(press(`CommandOrControl+${key}`)).toEqual(['reset']);
  });

  test('leaves the tab keys to the page', () => {
    const { items, press } = aMenu(platform);
    const tabs = items.filter(({ accelerator }) => /\+[1-4]$/.test(String(accelerator)));
    expect(tabs.map(({ registerAccelerator }) => registerAccelerator)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(press('CommandOrControl+3')).toEqual([{ kind: 'tab', tab: 'history' }]);
  });

  test('is absent in a kiosk, except what macOS needs to paste', () => {
    const { items, template } = aMenu(platform, 'kiosk');
    if (platform !== 'darwin') expect(template).toEqual([]);
    const roles = items.map(({ role }) => role).filter((role) => role !== undefined);
    expect(items.map(({ id }) => id)).not.toContain('quit');
    expect(roles).not.toContain('togglefullscreen');
  });
});

test('no key on Windows quits without a question', () => {
  const { items } = aMenu('win32');
  const quit = items.find(({ id }) => id === 'quit');
  expect(quit).toBeDefined();
  expect(quit?.accelerator).toBeUndefined();
});

test.each([
  ['linux', 'Ctrl+Q'],
  ['darwin', 'Command+Q'],
] as const)('[row 252] quitting with a key of %s can ask first', (platform, key) => {
  const { items, press, quits } = aMenu(platform);
  expect(items.map(({ role }) => role)).not.toContain('quit');
  press(key);
  expect(quits).toEqual(['quit']);
});

describe('the context menu', () => {
  const FLAGS = {
    canUndo: true,
    canRedo: false,
    canCut: false,
    canCopy: false,
    canPaste: true,
    canDelete: false,
    canSelectAll: true,
    canEditRichly: false,
  };
  const clicked = {
    isEditable: true,
    selectionText: '',
    editFlags: FLAGS,
    misspelledWord: '',
    dictionarySuggestions: [],
  };

  test('of a field offers the available edits', () => {
    const items = contextItems(clicked, t, () => {});
    expect(items.filter(({ enabled }) => enabled === true).map(({ role }) => role)).toEqual([
      'undo',
      'paste',
      'selectAll',
    ]);
  });

  test('of selected text offers to copy it, and is empty elsewhere', () => {
    const text = { ...clicked, isEditable: false };
    expect(contextItems(text, t, () => {})).toEqual([]);
    const selected = { ...text, selectionText: 'x', editFlags: { ...FLAGS, canCopy: true } };
    expect(contextItems(selected, t, () => {}).map(({ role }) => role)).toEqual(['copy']);
  });

  test('of a misspelled word offers corrections', () => {
    const replaced: string[] = [];
    const wrong = { ...clicked, misspelledWord: 'reveiw', dictionarySuggestions: ['review'] };
    const [first] = contextItems(wrong, t, (word) => void replaced.push(word));
    expect(first?.label).toBe('review');
    Reflect.apply(first?.click ?? (() => {}), undefined, []);
    expect(replaced).toEqual(['review']);
    const none = contextItems({ ...wrong, dictionarySuggestions: [] }, t, () => {});
    expect(none[0]).toEqual({ label: 'No suggestions', enabled: false });
  });
});
