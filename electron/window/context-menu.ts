import {
  Menu,
  type BrowserWindow,
  type ContextMenuParams,
  type MenuItemConstructorOptions,
} from 'electron/main';
import type { TFunction } from 'i18next';

type Item = MenuItemConstructorOptions;
type Clicked = Pick<
  ContextMenuParams,
  'isEditable' | 'selectionText' | 'editFlags' | 'misspelledWord' | 'dictionarySuggestions'
>;

/** Adds the usual context menu to text fields and selected text. */
export function offerContextMenu(window: BrowserWindow, t: TFunction): void {
  const { webContents } = window;
  webContents.on('context-menu', (_event, clicked) => {
    const items = contextItems(clicked, t, (word) => webContents.replaceMisspelling(word));
    if (items.length > 0) Menu.buildFromTemplate([...items]).popup({ window });
  });
}

/** Returns the menu items for the clicked element; none where there is no text. */
export function contextItems(
  clicked: Clicked,
  t: TFunction,
  replace: (word: string) => void,
): readonly Item[] {
  const { isEditable, editFlags, selectionText } = clicked;
  const copy: Item = { role: 'copy', label: t('menu.copy'), enabled: editFlags.canCopy };
  if (!isEditable) return selectionText === '' ? [] : [copy];
  return [
    ...spellingItems(clicked, t, replace),
    { role: 'undo', label: t('menu.undo'), enabled: editFlags.canUndo },
    { type: 'separator' },
    { role: 'cut', label: t('menu.cut'), enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: t('menu.paste'), enabled: editFlags.canPaste },
    { role: 'selectAll', label: t('menu.selectAll'), enabled: editFlags.canSelectAll },
  ];
}

function spellingItems(
  { misspelledWord, dictionarySuggestions }: Clicked,
  t: TFunction,
  replace: (word: string) => void,
): readonly Item[] {
  if (misspelledWord === '') return [];
  const none: Item = { label: t('menu.noSuggestion'), enabled: false };
  const words = dictionarySuggestions.map((word): Item => ({
    label: word,
    click: () => replace(word),
  }));
  return [...(words.length === 0 ? [none] : words), { type: 'separator' }];
}
