import type { SecureContext } from 'node:tls';
import type { ManagedConfig } from '../settings/managed-config.ts';
import type { InitResult } from '../site/init-site-database.ts';
import { tryToRemoveFileAsync } from '../files/rename-and-remove.ts';
import { parseDatabaseUrl, type DatabaseAddress } from '../../shared/site-database-address.ts';
import type { Clock } from '../../shared/time.ts';
import { describeConfigProblem } from './describe-config-problem.ts';
import { readInput, type InputSource } from './read-input.ts';
import { describeSiteFault } from './site-faults.ts';

/** Creates or migrates the site database: `initSiteDatabase` of electron/site, loaded when it is needed. */
export type InitSiteDatabase = (owner: {
  readonly address: DatabaseAddress;
  readonly password: string;
  readonly trust: SecureContext | undefined;
}) => Promise<InitResult>;

/**
 * `deskbell --init-site-database < owner.txt`: creates the site database or migrates it. The file holds one line, the URL of the
 * database with its owner and password; a file that is named by the switch is deleted afterwards. Prints the organisation's
 * secret and the login password once, on standard output. Resolves to the exit code.
 */
export async function initSiteDatabaseCommand(parts: {
  readonly managed: ManagedConfig;
  readonly source: InputSource;
  readonly clock: Pick<Clock, 'after'>;
  readonly say: (line: string) => void;
  readonly print: (line: string) => void;
  readonly trustOf: (authorities: readonly string[]) => SecureContext | undefined;
  readonly init: InitSiteDatabase;
}): Promise<0 | 1> {
  const { managed, source, say, print } = parts;
  const fail = (why: string): 1 => {
    say(`The site database was not changed: ${why}.`);
    return 1;
  };
  if (managed.kind === 'broken') return fail(describeConfigProblem(managed.problem));
  const input = await readInput(source, parts.clock, 'init-site-database');
  if (input.kind === 'unreadable') return fail(input.why);
  const owner = parseDatabaseUrl(input.text.trim());
  if (owner === undefined || owner.password === '')
    return fail(`${input.name} must hold postgresql://owner:password@host:5432/database`);
  const result = await parts.init({ ...owner, trust: parts.trustOf(managed.authorities) });
  if (result.kind === 'failed') {
    const detail = result.message === '' ? '' : ` (${result.message})`;
    return fail(`${describeSiteFault(result.fault)}${detail}`);
  }
  say('The site database is ready.');
  if (result.secret !== undefined) print(`organisation secret: ${result.secret}`);
  if (result.loginPassword !== undefined)
    print(`password of deskbell_desk: ${result.loginPassword}`);
  if (result.secret !== undefined || result.loginPassword !== undefined)
    say('Keep them now in a password manager: they are not shown again.');
  if (source.kind === 'stream' || (await tryToRemoveFileAsync(source.path))) return 0;
  say(`${source.path} still holds the owner’s password and cannot be deleted: delete it.`);
  return 1;
}
