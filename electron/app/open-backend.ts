import type { E164 } from '../../shared/phone/e164.ts';
import type { StartProblem } from '../../shared/desk-snapshot.ts';
import type { PartialSettings, Settings } from '../../shared/settings.ts';
import type { Mode } from './choose-mode.ts';
import type { ApiKey } from '../os/api-key.ts';
import type { Partoo } from '../outbox/partoo-port.ts';
import type { Simulator } from '../practice/simulator.ts';
import type { StoreOpening } from '../store/file/open-store.ts';
import type { Store } from '../store/store.ts';

export type BackendParts = {
  readonly databaseFile: (mode: Mode) => string;
  readonly openStore: (path: string) => StoreOpening;
  readonly openSimulator: () => Promise<Simulator>;
  /** The businesses that the simulator offers in practice. */
  readonly practiceBusinesses: Settings['businesses'];
  readonly openPartoo: (way: {
    readonly apiUrl: string;
    readonly readKey: ApiKey['read'];
  }) => Partoo;
};

/** Why the desk session cannot open. */
export type Blocked = { readonly kind: 'blocked'; readonly problem: StartProblem };

type Backend = {
  readonly kind: 'backend';
  readonly store: Store;
  readonly partoo: Partoo;
  readonly settings: () => Settings;
  /** Erases a number from the data that this PC keeps for the vendor: practice has its own file. */
  readonly forget: (phone: E164) => void;
  readonly release: () => Promise<void>;
};

/** Opens the database and the vendor of a mode: the real ones, or the separate ones of practice. */
export async function openBackend(
  parts: BackendParts,
  mode: Mode,
  real: {
    readonly live: Store;
    readonly apiKey: ApiKey;
    readonly settings: () => Settings;
    readonly managed: PartialSettings;
  },
): Promise<Backend | Blocked> {
  if (mode === 'live') {
    const partoo = parts.openPartoo({ apiUrl: real.settings().apiUrl, readKey: real.apiKey.read });
    return {
      kind: 'backend',
      store: real.live,
      partoo,
      settings: real.settings,
      forget: () => {},
      release: async () => {},
    };
  }
  const opening = parts.openStore(parts.databaseFile('practice'));
  if (opening.kind === 'cannot-open')
    return cannotOpen(opening.why, parts.databaseFile('practice'));
  const { store } = opening;
  const simulator = await parts.openSimulator().catch((error: unknown) => {
    store.close();
    throw error;
  });
  const readKey = async () => ({ kind: 'key', key: simulator.key }) as const;
  const partoo = parts.openPartoo({ apiUrl: simulator.apiUrl.href, readKey });
  const practice = { apiUrl: simulator.apiUrl.href, businesses: parts.practiceBusinesses };
  const { sendingHours } = real.managed;
  const managedHours = sendingHours === undefined ? {} : { sendingHours };
  return {
    kind: 'backend',
    store,
    partoo,
    // Practice sends no SMS that could wake anybody, so it keeps sending hours only where IT has set them.
    settings: () => ({ ...real.settings(), sendingHours: null, ...managedHours, ...practice }),
    forget: simulator.forget,
    release: async () => {
      store.close();
      await simulator.close();
    },
  };
}

/** The failure that the page shows when the database does not open. */
export function cannotOpen(
  why: Extract<StoreOpening, { kind: 'cannot-open' }>['why'],
  path: string,
): Blocked {
  return { kind: 'blocked', problem: { kind: why, path } };
}
