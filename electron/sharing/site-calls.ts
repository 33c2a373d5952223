import { SECOND_MS, type Clock, type EpochMs } from '../../shared/time.ts';
import type { ApartCause } from '../../shared/other-desks.ts';
import type { DatabaseAddress } from '../../shared/site-database-address.ts';
import type { ApiKey } from '../os/api-key.ts';
import type { AnswerOf, FunctionName } from '../site/answers.ts';
import type { SiteFault } from '../site/connection-fault.ts';
import type { SiteDatabase, SiteReply } from '../site/site-database.ts';
import type { SiteKeys } from '../site/site-keys.ts';
import { partnerOf, readCredentials, type Credentials } from './credentials.ts';

/** The client of a site database, and the keys that it uses. */
export type SiteClient = { readonly database: SiteDatabase; readonly keys: SiteKeys };

/** Opens the client; undefined when the secret is none. Loads the client's code with the first call. */
export type OpenSiteClient = (
  wanted: Credentials & { readonly address: DatabaseAddress; readonly hintBits: () => number },
) => Promise<SiteClient | undefined>;

/** Since when nothing was answered, and why. */
export type Silence = { readonly since: EpochMs; readonly cause: ApartCause };

/** How long the site database must be silent before this desk counts as apart. */
export const APART_AFTER_MS = 30 * SECOND_MS;

/** Calls to the site database, with the memory since when there is no answer. */
export type SiteCalls = {
  /** Calls the site database; undefined without an answer. */
  readonly call: <Name extends FunctionName>(
    ask: (database: SiteDatabase) => Promise<SiteReply<Name>>,
  ) => Promise<AnswerOf<Name> | undefined>;
  /** The keys of the organisation; undefined until the keychain has been read. */
  readonly keys: () => SiteKeys | undefined;
  /** Reads the keychain where that has not succeeded yet. */
  readonly readKeys: () => Promise<SiteKeys | undefined>;
  readonly hasAnswered: () => boolean;
  /** Undefined while calls are answered, and before the first one. */
  readonly silence: () => Silence | undefined;
  /** Whether the silence is so long, or so certain to last, that this desk is apart. */
  readonly isApart: () => boolean;
  readonly close: () => void;
};

/** Creates the calls. Nothing is read or opened before the first one. */
export function createSiteCalls(parts: {
  readonly clock: Clock;
  readonly address: DatabaseAddress;
  readonly entry: Pick<ApiKey, 'read'>;
  readonly openClient: OpenSiteClient;
  readonly hintBits: () => number;
  /** Called with this desk's place when the keychain has been read. */
  readonly onPartner: (partner: string) => void;
  readonly onChanged: () => void;
}): SiteCalls {
  const { clock, address } = parts;
  let client: SiteClient | undefined;
  let opening: Promise<SiteClient | ApartCause> | undefined;
  let silence: (Silence & { readonly sinceMs: number }) | undefined;
  let hasAnswered = false;

  const open = async (): Promise<SiteClient | ApartCause> => {
    const reading = await readCredentials(parts.entry);
    if (reading.kind === 'none') return reading.cause;
    const { credentials } = reading;
    const opened = await parts.openClient({ ...credentials, address, hintBits: parts.hintBits });
    if (opened === undefined) return 'not-joined';
    client = opened;
    parts.onPartner(partnerOf(address, credentials));
    return opened;
  };
  const openOnce = async (): Promise<SiteClient | ApartCause> => {
    if (client !== undefined) return client;
    opening ??= open().finally(() => {
      opening = undefined;
    });
    return opening;
  };

  const setSilence = (cause: ApartCause): void => {
    const before = silence?.cause;
    silence = {
      since: silence?.since ?? clock.now(),
      sinceMs: silence?.sinceMs ?? clock.elapsedMs(),
      cause,
    };
    if (before !== cause) parts.onChanged();
  };
  const endSilence = (): void => {
    const wasSilent = silence !== undefined || !hasAnswered;
    silence = undefined;
    hasAnswered = true;
    if (wasSilent) parts.onChanged();
  };

  return {
    call: async (ask) => {
      const opened = await openOnce();
      if (typeof opened === 'string') {
        setSilence(opened);
        return undefined;
      }
      const reply = await ask(opened.database);
      if (reply.kind === 'no-answer') {
        setSilence(causeOf(reply.fault));
        return undefined;
      }
      endSilence();
      return reply.answer;
    },
    keys: () => client?.keys,
    readKeys: async () => {
      const opened = await openOnce();
      return typeof opened === 'string' ? undefined : opened.keys;
    },
    hasAnswered: () => hasAnswered,
    silence: () => silence && { since: silence.since, cause: silence.cause },
    isApart: () =>
      silence !== undefined &&
      (LASTS.has(silence.cause) || clock.elapsedMs() - silence.sinceMs >= APART_AFTER_MS),
    close: () => client?.database.close(),
  };
}

/** Causes that do not end by waiting some seconds. */
const LASTS: ReadonlySet<ApartCause> = new Set(['not-joined', 'keychain', 'removed']);

const CAUSES: Readonly<Record<SiteFault, ApartCause>> = {
  dns: 'unreachable',
  'dns-timeout': 'unreachable',
  refused: 'unreachable',
  unreachable: 'unreachable',
  timeout: 'unreachable',
  lost: 'unreachable',
  starting: 'unreachable',
  'no-tls': 'certificate',
  authority: 'certificate',
  'host-name': 'certificate',
  certificate: 'certificate',
  password: 'password',
  'too-many-connections': 'overloaded',
  overloaded: 'overloaded',
  'read-only': 'read-only',
  'no-database': 'schema',
  'schema-missing': 'schema',
  'newer-schema': 'schema',
  'no-right': 'schema',
  isolation: 'schema',
  unreadable: 'schema',
  'unknown-desk': 'removed',
  revoked: 'removed',
  'refused-call': 'other',
  other: 'other',
};

function causeOf(fault: SiteFault): ApartCause {
  return CAUSES[fault];
}
