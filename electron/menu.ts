import { Menu } from 'electron/main';

/** The usual shortcuts: editing and zoom. No reload and no developer tools; the bar itself shows with Alt. */
export function setMenu(platform: NodeJS.Platform): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
      { role: 'editMenu' },
      {
        role: 'viewMenu',
        submenu: [
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { role: 'togglefullscreen' },
        ],
      },
      ...(platform === 'darwin' ? [{ role: 'windowMenu' } as const] : []),
    ]),
  );
}
