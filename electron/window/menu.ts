import { Menu, type MenuItemConstructorOptions } from 'electron/main';
import type { TFunction } from 'i18next';
import type { MenuChoice } from '../../shared/menu-choice.ts';
import type { ZoomChange } from './zoom.ts';

export type MenuParts = {
  readonly platform: NodeJS.Platform;
  readonly t: TFunction;
  /** A kiosk has no menu. */
  readonly shape: 'whole' | 'kiosk';
  readonly zoom: (change: ZoomChange) => void;
  readonly choose: (choice: MenuChoice) => void;
  /** Called for "Quit"; may ask about the form first. */
  readonly quit: () => void;
};

type Item = MenuItemConstructorOptions;

/** Sets the window's menu. On Windows and Linux the bar itself shows with Alt; its keys always work. */
export function setMenu(parts: MenuParts): void {
  const template = menuTemplate(parts);
  Menu.setApplicationMenu(template.length === 0 ? null : Menu.buildFromTemplate([...template]));
}

/** Builds the usual menus with the usual keys. No reload and no developer tools. */
export function menuTemplate(parts: MenuParts): readonly Item[] {
  const { platform, t, shape } = parts;
  const edit: Item = { label: t('menu.edit'), submenu: editItems(parts) };
  // Without this menu, copy and paste keys do nothing on macOS.
  if (shape === 'kiosk') return platform === 'darwin' ? [edit] : [];
  const view: Item = { label: t('menu.view'), submenu: viewItems(parts) };
  const help: Item = {
    role: 'help',
    label: t('menu.help'),
    submenu: [shortcutsItem(parts), aboutItem(parts)],
  };
  if (platform === 'darwin') {
    const window: Item = { role: 'windowMenu', label: t('menu.window') };
    return [{ label: t('product'), submenu: applicationItems(parts) }, edit, view, window, help];
  }
  return [{ label: t('menu.file'), submenu: fileItems(parts) }, edit, view, help];
}

function fileItems({ platform, t, quit }: MenuParts): Item[] {
  return [
    { role: 'close', label: t('menu.close') },
    // Windows has Alt+F4, which asks while invitations wait; an accidental Ctrl+Q would not.
    {
      id: 'quit',
      label: t('menu.quit'),
      click: quit,
      ...(platform === 'linux' && { accelerator: 'Ctrl+Q' }),
    },
  ];
}

function shortcutsItem({ t, choose }: MenuParts): Item {
  return {
    id: 'shortcuts',
    label: t('menu.shortcuts'),
    accelerator: 'CommandOrControl+/',
    // The page handles it: many keyboards write "/" with Shift.
    registerAccelerator: false,
    click: () => choose({ kind: 'shortcuts' }),
  };
}

function applicationItems(parts: MenuParts): Item[] {
  const { t, choose, quit } = parts;
  return [
    aboutItem(parts),
    { type: 'separator' },
    {
      id: 'settings',
      label: t('tab.settings'),
      accelerator: 'Command+,',
      click: () => choose({ kind: 'tab', tab: 'settings' }),
    },
    { type: 'separator' },
    { role: 'services', label: t('menu.services') },
    { type: 'separator' },
    { role: 'hide', label: t('menu.hide') },
    { role: 'hideOthers', label: t('menu.hideOthers') },
    { role: 'unhide', label: t('menu.showAll') },
    { type: 'separator' },
    { id: 'quit', label: t('menu.quit'), accelerator: 'Command+Q', click: quit },
  ];
}

function editItems({ t }: MenuParts): Item[] {
  return [
    { role: 'undo', label: t('menu.undo') },
    { role: 'redo', label: t('menu.redo') },
    { type: 'separator' },
    { role: 'cut', label: t('menu.cut') },
    { role: 'copy', label: t('menu.copy') },
    { role: 'paste', label: t('menu.paste') },
    { role: 'selectAll', label: t('menu.selectAll') },
  ];
}

function viewItems({ t, zoom, choose }: MenuParts): Item[] {
  const tabs = (['invite', 'outbox', 'history', 'settings'] as const).map((tab, at): Item => {
    return {
      id: tab,
      label: t(`tab.${tab}`),
      accelerator: `CommandOrControl+${at + 1}`,
      // The page handles these keys by position: on a French keyboard they write & é " '.
      registerAccelerator: false,
      click: () => choose({ kind: 'tab', tab }),
    };
  });
  const zoomItem = (
    id: 'resetZoom' | 'zoomIn' | 'zoomOut',
    change: ZoomChange,
    key: string,
  ): Item => ({
    id,
    label: t(`menu.${id}`),
    accelerator: `CommandOrControl+${key}`,
    click: () => zoom(change),
  });
  const alsoBy = (key: string, change: ZoomChange): Item => ({
    label: '',
    visible: false,
    acceleratorWorksWhenHidden: true,
    accelerator: `CommandOrControl+${key}`,
    click: () => zoom(change),
  });
  return [
    ...tabs,
    { type: 'separator' },
    zoomItem('resetZoom', 'reset', '0'),
    zoomItem('zoomIn', 'in', 'Plus'),
    zoomItem('zoomOut', 'out', '-'),
    // "+" needs Shift on many keyboards, and the number pad sends other keys.
    alsoBy('=', 'in'),
    alsoBy('numadd', 'in'),
    alsoBy('numsub', 'out'),
    alsoBy('num0', 'reset'),
    { type: 'separator' },
    { role: 'togglefullscreen', label: t('menu.fullScreen') },
  ];
}

function aboutItem({ t, choose }: MenuParts): Item {
  return { id: 'about', label: t('menu.about'), click: () => choose({ kind: 'about' }) };
}
