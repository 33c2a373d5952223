import type { EventName } from '../../shared/ipc/bridge.ts';
import type { EventDetail } from '../../shared/ipc/contract.ts';
import type { Clock } from '../../shared/time.ts';
import type { ManagedConfig } from '../settings/managed-config.ts';
import type { SystemParts } from './desk-snapshot.ts';
import type { ExportPort } from '../export/history-export.ts';
import type { HandlerParts } from '../ipc/handlers.ts';
import type { EventLog } from '../event-log.ts';
import type { BackendParts } from './open-vendor.ts';
import type { ApiKey } from '../os/api-key.ts';
import type { DesktopPort } from './desktop-port.ts';
import type { Holidays } from '../os/holidays.ts';
import type { LiveDatabaseParts } from '../store/file/open-live-database.ts';
import type { StoreOpening } from '../store/file/open-store.ts';

/** What happens to a key that is stored. */
export type KeyChange = 'replace' | 'remove';

/** Everything that touches the world. `main.ts` gives the real ones, a test its own clock and vendor. */
export type AppParts = BackendParts &
  SystemParts & {
    readonly clock: Clock;
    /** In [0, 1). */
    readonly random: () => number;
    readonly newId: () => string;
    readonly log: EventLog;
    /** `practice` was asked for; `automatic` practises until there is a key or a live log. */
    readonly start: 'practice' | 'automatic';
    readonly readManaged: () => ManagedConfig;
    /** Opens the live log, mended or restored where that is needed. */
    readonly openLiveLog: () => Promise<StoreOpening>;
    /** Where the live log and its backups are, and who checks them. */
    readonly files: LiveDatabaseParts;
    /** The public holidays of the world; loaded only where sending hours need them. */
    readonly loadHolidays: () => Promise<Holidays>;
    readonly openApiKey: (apiUrl: string) => ApiKey;
    readonly exportPort: ExportPort;
    readonly print: HandlerParts['print'];
    /** Asks a person which list to import. Undefined: they changed their mind. */
    readonly chooseList: () => Promise<string | undefined>;
    /** Asks a person, in a box of the system, whether invitations shall go to this host from now on. */
    readonly confirmHost: (host: string) => Promise<'yes' | 'no'>;
    /** Asks a person, in a box of the system, whether the stored key of this host shall go. */
    readonly confirmKey: (host: string, change: KeyChange) => Promise<'yes' | 'no'>;
    /** Versions of what Deskbell runs on, for diagnostics. */
    readonly platform: Readonly<Record<string, string>>;
    /** Puts a text into the clipboard of the PC. */
    readonly copyText: (text: string) => void;
    readonly outside: DesktopPort;
    readonly emit: <N extends EventName>(name: N, detail: EventDetail<N>) => void;
  };
