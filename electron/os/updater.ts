import electronUpdater from 'electron-updater';
import type { Updater } from '../updates.ts';

/**
 * electron-updater on one https feed, from which no redirect leads to anything but https. It fetches through Electron's own network, so proxies and certificates are the
 * system's; it compares what it fetched with the feed's SHA-512 and, where Deskbell is signed, its signer with ours.
 */
export function openUpdater(feed: string): Updater {
  const { autoUpdater } = electronUpdater;
  autoUpdater.logger = null;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false; // a person says when
  autoUpdater.allowDowngrade = false;
  autoUpdater.allowPrerelease = false;
  autoUpdater.disableDifferentialDownload = true; // less to trust
  autoUpdater.disableWebInstaller = true; // it would fetch what the feed has no checksum of
  // SECURITY: electron-updater follows every redirect.
  autoUpdater.netSession.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: new URL(url).protocol !== 'https:' });
  });
  autoUpdater.setFeedURL({ provider: 'generic', url: feed });
  // Every error comes as a rejection too.
  autoUpdater.on('error', () => {});
  return {
    find: async () => {
      const found = await autoUpdater.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version : undefined;
    },
    download: async () => {
      await autoUpdater.downloadUpdate();
    },
    install: () => autoUpdater.quitAndInstall(true, true),
  };
}
