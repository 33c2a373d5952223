import { MINUTE_MS, SECOND_MS, type Clock, type EpochMs } from '../../shared/time.ts';
import type { ApartCause } from '../../shared/other-desks.ts';
import type { DatabaseAddress } from '../../shared/site-database-address.ts';
import type { ApiKey } from '../os/api-key.ts';
import type { AnswerOf, FunctionName } from '../site/answers.ts';
import type { SiteFault } from '../site/connection-fault.ts';
import type { SiteReply } from '../site/call-function.ts';
import type { SiteDatabase } from '../site/site-database.ts';
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

type Lasting = Silence & { readonly sinceMs: number };

/** How long the site database must be silent before this desk counts as apart. */
export const APART_AFTER_MS = 30 * SECOND_MS;
/** How many claims in a row must be without an answer where other calls have one. */
const SILENT_CLAIMS = 3;
/** How long this desk is apart because of that before it claims again. */
const CLAIM_AGAIN_MS = 5 * MINUTE_MS;

/** Calls to the site database, with the memory since when there is no answer. */
export type SiteCalls = {
  /** Calls the site database; undefined without an answer. Claims are watched on their own. */
  readonly call: <Name extends FunctionName>(
    ask: (database: SiteDatabase) => Promise<SiteReply<Name>>,
    what?: 'claim',
  ) => Promise<AnswerOf<Name> | undefined>;
  /** The keys of the organisation; undefined until the keychain has been read. */
  readonly keys: () => SiteKeys | undefined;
  /** Reads the keychain where that has not succeeded yet. */
  readonly readKeys: () => Promise<SiteKeys | undefined>;
  readonly hasAnswered: () => boolean;
  /** Undefined while calls are answered, and before the first one. */
  readonly silence: () => Silence | undefined;
  /**
   * Why this desk is apart: the silence is so long, or so certain to last. Claims alone can be silent too, while another session
   * holds a lock that only they need. Undefined otherwise.
   */
  readonly apart: () => Silence | undefined;
  /** From now on every call is without an answer; the one in flight still gets its own. */
  readonly stop: () => void;
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
  let keys: SiteKeys | undefined;
  let opening: Promise<SiteClient | ApartCause> | undefined;
  let silence: Lasting | undefined;
  let silentClaims: (Lasting & { readonly count: number }) | undefined;
  let hasAnswered = false;
  let isStopped = false;

  const open = async (): Promise<SiteClient | ApartCause> => {
    const reading = await readCredentials(parts.entry);
    if (reading.kind === 'none') return reading.cause;
    const { credentials } = reading;
    const opened = await parts.openClient({ ...credentials, address, hintBits: parts.hintBits });
    if (opened === undefined) return 'not-joined';
    // First, because it may throw: a client without it would go on from the position of another site database.
    parts.onPartner(partnerOf(address, credentials));
    client = opened;
    keys = opened.keys;
    return opened;
  };
  const openOnce = async (): Promise<SiteClient | ApartCause> => {
    if (client !== undefined) return client;
    opening ??= open().finally(() => {
      opening = undefined;
    });
    return opening;
  };

  const isOld = (one: Lasting, ms: number): boolean => clock.elapsedMs() - one.sinceMs >= ms;
  const lasting = (before: Lasting | undefined, cause: ApartCause): Lasting => ({
    since: before?.since ?? clock.now(),
    sinceMs: before?.sinceMs ?? clock.elapsedMs(),
    cause,
  });
  const noClaim = (cause: ApartCause): void => {
    const isOver = silentClaims && isOld(silentClaims, APART_AFTER_MS + CLAIM_AGAIN_MS);
    const before = isOver === true ? undefined : silentClaims;
    silentClaims = { ...lasting(before, cause), count: (before?.count ?? 0) + 1 };
  };
  const claimsAreSilent = (): boolean =>
    silentClaims !== undefined &&
    silentClaims.count >= SILENT_CLAIMS &&
    isOld(silentClaims, APART_AFTER_MS) &&
    !isOld(silentClaims, APART_AFTER_MS + CLAIM_AGAIN_MS);

  const setSilence = (cause: ApartCause): void => {
    const before = silence?.cause;
    silence = lasting(silence, cause);
    if (before !== cause) parts.onChanged();
  };
  const endSilence = (): void => {
    const wasSilent = silence !== undefined || !hasAnswered;
    // Everything was silent: that says nothing about claims alone.
    if (silence !== undefined && isOld(silence, APART_AFTER_MS)) silentClaims = undefined;
    silence = undefined;
    hasAnswered = true;
    if (wasSilent) parts.onChanged();
  };

  return {
    call: async (ask, what) => {
      if (isStopped) return undefined;
      const opened = await openOnce();
      if (typeof opened === 'string') {
        setSilence(opened);
        return undefined;
      }
      const reply = await ask(opened.database);
      if (reply.kind === 'no-answer') {
        if (REFUSED.has(reply.fault) && client === opened) {
          // The desk may have left and joined again: the keychain may hold another token and password by now.
          opened.database.close();
          client = undefined;
        }
        if (what === 'claim') noClaim(causeOf(reply.fault));
        setSilence(causeOf(reply.fault));
        return undefined;
      }
      if (what === 'claim') silentClaims = undefined;
      endSilence();
      return reply.answer;
    },
    keys: () => keys,
    readKeys: async () => {
      const opened = await openOnce();
      return typeof opened === 'string' ? undefined : opened.keys;
    },
    hasAnswered: () => hasAnswered,
    silence: () => silence && { since: silence.since, cause: silence.cause },
    apart: () => {
      const lasts =
        silence !== undefined && (LASTS.has(silence.cause) || isOld(silence, APART_AFTER_MS));
      const found = lasts ? silence : claimsAreSilent() ? silentClaims : undefined;
      return found && { since: found.since, cause: found.cause };
    },
    stop: () => {
      isStopped = true;
    },
    close: () => client?.database.close(),
  };
}

/** The credentials are not, or no longer, those of a desk. */
const REFUSED: ReadonlySet<SiteFault> = new Set(['password', 'unknown-desk', 'revoked']);

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
