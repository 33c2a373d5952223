import type { SecureContext } from 'node:tls';
import type { ManagedConfig } from '../settings/managed-config.ts';
import type { ApiKey } from '../os/api-key.ts';
import type { JoinResult } from '../site/join-site-database.ts';
import type { DeskToken, SiteKeys, SiteSecret } from '../site/site-keys.ts';
import { tryToRemoveFileAsync } from '../files/rename-and-remove.ts';
import { parseDatabaseUrl, type DatabaseAddress } from '../../shared/site-database-address.ts';
import type { Clock } from '../../shared/time.ts';
import { accountOf, formatCredentials } from '../sharing/credentials.ts';
import { describeConfigProblem } from './describe-config-problem.ts';
import { readInput, type InputSource } from './read-input.ts';
import { describeSiteFault } from './site-faults.ts';

/** The parts of electron/site that joining needs, loaded when they are needed. */
export type JoinParts = {
  readonly parseSecret: (text: string) => SiteSecret | undefined;
  readonly deriveSiteKeys: (secret: SiteSecret) => SiteKeys;
  readonly makeDeskToken: () => DeskToken;
  readonly join: (wanted: {
    readonly address: DatabaseAddress;
    readonly password: string;
    readonly trust: SecureContext | undefined;
    readonly code: string;
    readonly name: string;
    readonly token: Pick<DeskToken, 'hash'>;
    readonly keys: Pick<SiteKeys, 'check'>;
  }) => Promise<JoinResult>;
};

type CommandParts = {
  readonly managed: ManagedConfig;
  readonly say: (line: string) => void;
  readonly openEntry: (account: string) => ApiKey;
};

type Managed =
  | {
      readonly kind: 'address';
      readonly address: DatabaseAddress;
      readonly authorities: readonly string[];
    }
  | { readonly kind: 'none'; readonly why: string };

function addressIn(managed: ManagedConfig): Managed {
  if (managed.kind === 'broken')
    return { kind: 'none', why: describeConfigProblem(managed.problem) };
  const parsed = parseDatabaseUrl(managed.settings.siteDatabase?.url ?? '');
  return parsed === undefined
    ? { kind: 'none', why: 'the managed configuration has no siteDatabase' }
    : { kind: 'address', address: parsed.address, authorities: managed.authorities };
}

/**
 * `deskbell --join-site-database < join.txt`: joins this desk to the site database of the managed configuration. The file
 * holds three lines: the password of deskbell_desk, the organisation's secret, and the enrolment code. They go into the keychain
 * together with a token of this desk. Resolves to the exit code.
 */
export async function joinSiteDatabaseCommand(
  parts: CommandParts &
    JoinParts & {
      readonly source: InputSource;
      readonly clock: Pick<Clock, 'after'>;
      readonly deskName: string;
      readonly trustOf: (authorities: readonly string[]) => SecureContext | undefined;
    },
): Promise<0 | 1> {
  const { source, say } = parts;
  const fail = (why: string): 1 => {
    say(`This desk has not joined: ${why}.`);
    return 1;
  };
  const managed = addressIn(parts.managed);
  if (managed.kind === 'none') return fail(managed.why);
  const { address } = managed;
  const input = await readInput(source, parts.clock, 'join-site-database');
  if (input.kind === 'unreadable') return fail(input.why);
  const [password, secretText, code, ...more] = input.text.trim().split(/\r?\n/);
  const secret = parts.parseSecret(secretText ?? '');
  if (!password || !code || more.length > 0)
    return fail(
      `${input.name} must hold three lines: the password of ${address.user}, the organisation’s secret, the code`,
    );
  if (secret === undefined) return fail('the second line is no secret of an organisation');

  const entry = parts.openEntry(accountOf(address));
  const before = await entry.read();
  if (before.kind === 'unavailable') return fail(NO_KEYCHAIN);
  if (before.kind === 'key')
    return fail('it has joined already. Use --leave-site-database before it joins again');
  const token = parts.makeDeskToken();
  // First, so that a desk that the database knows never lacks its token.
  const saved = await entry.save(
    formatCredentials({
      password: password.trim(),
      secret: secretText?.trim() ?? '',
      token: token.token,
    }),
  );
  if (saved.kind === 'unavailable') return fail(NO_KEYCHAIN);
  const result = await parts.join({
    address,
    password: password.trim(),
    trust: parts.trustOf(managed.authorities),
    code: code.trim(),
    name: parts.deskName,
    token,
    keys: parts.deriveSiteKeys(secret),
  });
  if (result.kind !== 'joined') {
    await entry.remove();
    return fail(result.kind === 'failed' ? describeSiteFault(result.fault) : REFUSED[result.why]);
  }
  say(`This desk has joined ${result.site} as ${result.desk}.`);
  if (source.kind === 'stream' || (await tryToRemoveFileAsync(source.path))) return 0;
  say(`${source.path} still holds the secrets and cannot be deleted: delete it.`);
  return 1;
}

const NO_KEYCHAIN = 'the keychain of this user cannot be reached or is locked';

const REFUSED = {
  'unknown-code': 'the code is wrong, used up or over',
  'other-secret': 'the other desks of the organisation have another secret',
} as const;

/**
 * `deskbell --leave-site-database`: removes what this desk needs to use the site database. What it has shared stays there
 * until the retention is over. Resolves to the exit code.
 */
export async function leaveSiteDatabaseCommand(parts: CommandParts): Promise<0 | 1> {
  const fail = (why: string): 1 => {
    parts.say(`This desk is still joined: ${why}.`);
    return 1;
  };
  const managed = addressIn(parts.managed);
  if (managed.kind === 'none') return fail(managed.why);
  const entry = parts.openEntry(accountOf(managed.address));
  const before = await entry.read();
  if (before.kind === 'unavailable') return fail(NO_KEYCHAIN);
  if (before.kind === 'absent') {
    parts.say('This desk had not joined.');
    return 0;
  }
  if ((await entry.remove()).kind === 'unavailable') return fail(NO_KEYCHAIN);
  parts.say('This desk has left. Revoke it in the database, and remove siteDatabase here.');
  return 0;
}
