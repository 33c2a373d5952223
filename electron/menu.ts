import { Menu, type MenuItemConstructorOptions } from 'electron/main';
import type { TFunction } from 'i18next';

/** The usual shortcuts: editing and zoom. No reload and no developer tools; the bar itself shows with Alt. */
export function setMenu(platform: NodeJS.Platform, t: TFunction): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
      { label: t('menu.edit'), submenu: edit(t) },
      {
        label: t('menu.view'),
        submenu: [
          { role: 'resetZoom', label: t('menu.resetZoom') },
          { role: 'zoomIn', label: t('menu.zoomIn') },
          { role: 'zoomOut', label: t('menu.zoomOut') },
          { role: 'togglefullscreen', label: t('menu.fullScreen') },
        ],
      },
      ...(platform === 'darwin' ? [{ role: 'windowMenu', label: t('menu.window') } as const] : []),
    ]),
  );
}

function edit(t: TFunction): MenuItemConstructorOptions[] {
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
