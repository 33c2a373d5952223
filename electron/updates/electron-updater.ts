import electronUpdater, { type AppUpdater } from 'electron-updater';
import { GenericProvider } from 'electron-updater/out/providers/GenericProvider';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider';
import type { Updater } from './update-schedule.ts';
import { isSignedBy } from './feed-signature.ts';

/**
 * electron-updater on one https feed, from which no redirect leads to anything but https. It fetches through Electron's own network, so proxies and certificates are the
 * system's; it compares what it fetched with the feed's SHA-512 and, where Deskbell is signed, its signer with ours. With a `key` the feed's list is signed with it (feed-signature.ts).
 */
export function openUpdater(feed: string, key: string | null): Updater {
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
  autoUpdater.setFeedURL(
    key === null
      ? { provider: 'generic', url: feed }
      : { provider: 'custom', updateProvider: signedProvider(feed, key) },
  );
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

/**
 * The provider of a feed whose list of files (`latest-linux.yml`) is believed only with the signature that lies beside it
 * (`latest-linux.yml.sig`). The list holds the SHA-512 of each file, so what is fetched is signed too. SECURITY: Linux
 * itself does not look for the signer of what it installs.
 */
function signedProvider(
  url: string,
  key: string,
): new (options: object, updater: AppUpdater, runtime: ProviderRuntimeOptions) => GenericProvider {
  return class extends GenericProvider {
    constructor(_options: object, updater: AppUpdater, runtime: ProviderRuntimeOptions) {
      super({ provider: 'generic', url }, updater, runtime);
    }

    protected override async httpRequest(list: URL): Promise<string | null> {
      const text = await super.httpRequest(list);
      const signature = await super.httpRequest(new URL(`${list.pathname}.sig`, list));
      if (!isSignedBy(key, text ?? '', signature ?? '')) {
        throw new Error('the list of the feed is not signed with updateKey');
      }
      return text;
    }
  };
}
