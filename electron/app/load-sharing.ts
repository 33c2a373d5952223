import type { SiteStatus } from '../../shared/other-desks.ts';
import { parseDatabaseUrl } from '../../shared/site-database-address.ts';
import type { Settings } from '../../shared/settings.ts';
import type { ApiKey } from '../os/api-key.ts';
import type { OpenSiteClient } from '../sharing/site-calls.ts';
import type { Sharing, SharingParts } from '../sharing/sharing.ts';
import { ignoreStorageErrors } from '../store/file/storage-errors.ts';
import type { Store } from '../store/store.ts';
import type { EventLog } from '../event-log.ts';
import type { Mode } from './choose-mode.ts';

/** Opens what a desk shares; the outbox gives what belongs to its session. */
export type OpenSharing = (
  parts: Pick<
    SharingParts,
    'clock' | 'random' | 'store' | 'onDoNotContact' | 'onTakenOver' | 'erase' | 'reportBug'
  >,
) => Sharing;

/** What is needed to share with other desks. */
export type LoadSharingParts = {
  /** Loads the code; called only where a site database is configured. */
  readonly loadSharing: () => Promise<{
    readonly createSharing: (parts: SharingParts) => Sharing;
    readonly accountOf: (address: SharingParts['address']) => string;
  }>;
  readonly openSiteClient: OpenSiteClient;
  /** Any entry of the keychain, by its account. */
  readonly openKeychainEntry: (account: string) => Pick<ApiKey, 'read'>;
  readonly log: Pick<EventLog, 'write' | 'reportBug'>;
};

/**
 * Loads what a desk needs to share through the site database of the configuration. Undefined at a desk that shares nothing, and in
 * practice; a desk that no longer shares forgets what it had still to share.
 */
export async function loadSharing(
  parts: LoadSharingParts,
  desk: {
    readonly mode: Mode;
    readonly live: Pick<Store, 'readSharing' | 'endSharing'>;
    readonly settings: Pick<Settings, 'siteDatabase'>;
    readonly onStatus: (status: SiteStatus) => void;
    readonly onSettings: SharingParts['onSettings'];
  },
): Promise<OpenSharing | undefined> {
  if (desk.mode === 'practice') return undefined;
  const { siteDatabase } = desk.settings;
  const configured = siteDatabase === null ? undefined : parseDatabaseUrl(siteDatabase.url);
  if (configured === undefined) {
    // A full disk does not keep the desk from starting; the next start tries it again.
    ignoreStorageErrors(() => {
      if (desk.live.readSharing() !== undefined) desk.live.endSharing();
    });
    return undefined;
  }
  const { address } = configured;
  const { createSharing, accountOf } = await parts.loadSharing();
  const write = (what: string): void => parts.log.write({ event: 'site-database', what });
  return (given) =>
    createSharing({
      ...given,
      address,
      entry: parts.openKeychainEntry(accountOf(address)),
      openClient: parts.openSiteClient,
      onStatus: (status) => {
        write(status.kind === 'apart' ? `apart: ${status.cause}` : status.kind);
        desk.onStatus(status);
      },
      onSettings: desk.onSettings,
      log: write,
    });
}
