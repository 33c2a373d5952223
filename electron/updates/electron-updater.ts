import electronUpdater, { type AppUpdater } from 'electron-updater';
import { GenericProvider } from 'electron-updater/out/providers/GenericProvider';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider';
import type { Updater } from './update-schedule.ts';
import { isSignedBy } from './feed-signature.ts';

/**
 * Opens electron-updater on one https feed; redirects must stay on https. It uses Electron's own network, so proxies
 * and certificates are the system's. It checks each download against the feed's SHA-512 and, where Deskbell is signed,
 * against our signer. With a `key`, the feed's list must be signed with it (feed-signature.ts).
 */
export function openUpdater(feed: string, key: string | null): Updater {
  const { autoUpdater } = electronUpdater;
  autoUpdater.logger = null;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false; // only after a person agrees
  autoUpdater.allowDowngrade = false;
  autoUpdater.allowPrerelease = false;
  autoUpdater.disableDifferentialDownload = true; // less code to trust
  autoUpdater.disableWebInstaller = true; // it would download files without a checksum in the feed
  // SECURITY: electron-updater follows every redirect.
  autoUpdater.netSession.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: new URL(url).protocol !== 'https:' });
  });
  autoUpdater.setFeedURL(
    key === null
      ? { provider: 'generic', url: feed }
      : { provider: 'custom', updateProvider: signedProvider(feed, key) },
  );
  // Every error also rejects a promise.
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
 * Creates a provider that accepts the feed's list of files (`latest-linux.yml`) only with the signature beside it
 * (`latest-linux.yml.sig`). The list holds the SHA-512 of each file, so the signature covers the downloads too.
 * SECURITY: Linux itself does not check the signer of what it installs.
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
