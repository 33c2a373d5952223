import type { EventName } from '../../shared/ipc/bridge.ts';
import type { EventDetail } from '../../shared/ipc/contract.ts';
import type { Clock } from '../../shared/time.ts';
import type { ManagedConfig } from '../settings/managed-config.ts';
import type { SystemParts } from './desk-snapshot.ts';
import type { ExportPort } from '../export/history-export.ts';
import type { EventLog } from '../event-log.ts';
import type { LoadSharingParts } from './load-sharing.ts';
import type { BackendParts } from './open-backend.ts';
import type { ApiKey } from '../os/api-key.ts';
import type { Holidays } from '../os/holidays.ts';
import type { LiveDatabaseParts } from '../store/file/open-live-database.ts';
import type { StoreOpening } from '../store/file/open-store.ts';

/** What a manager does with a stored API key. */
export type KeyChange = 'replace' | 'remove';

/** Every dependency on the outside world. `main.ts` passes the real ones; a test passes its own clock and vendor. */
export type AppParts = BackendParts &
  SystemParts &
  LoadSharingParts & {
    readonly clock: Clock;
    /** Returns a number in [0, 1). */
    readonly random: () => number;
    readonly newId: () => string;
    readonly log: EventLog;
    /** `practice`: requested on the command line. `automatic`: practises until there is a key or a live database. */
    readonly start: 'practice' | 'automatic';
    readonly readManagedConfig: () => ManagedConfig;
    /** Opens the live database; repairs or restores it first where needed. */
    readonly openLiveDatabase: () => Promise<StoreOpening>;
    /** Where the live database and its backups are, and who checks them. */
    readonly files: LiveDatabaseParts;
    /** Loads the public holidays of all countries; called only where sending hours need them. */
    readonly loadHolidays: () => Promise<Holidays>;
    readonly openApiKey: (apiUrl: string) => ApiKey;
    readonly exportPort: ExportPort;
    /** Asks the user which list to import. Undefined: cancelled. */
    readonly chooseList: () => Promise<string | undefined>;
    /** Asks in a system dialog whether invitations shall go to this host from now on. */
    readonly confirmHost: (host: string) => Promise<'yes' | 'no'>;
    /** Asks in a system dialog whether the stored key of this host shall be replaced or removed. */
    readonly confirmKey: (host: string, change: KeyChange) => Promise<'yes' | 'no'>;
    /** Versions of the runtime and the system, for diagnostics. */
    readonly platform: Readonly<Record<string, string>>;
    /** Copies a text to the clipboard of the PC. */
    readonly copyText: (text: string) => void;
    readonly emit: <N extends EventName>(name: N, detail: EventDetail<N>) => void;
  };
