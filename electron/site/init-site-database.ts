import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { SECOND_MS } from '../../shared/time.ts';
import { connect, type ConnectionParts } from './connect.ts';
import type { SiteFault } from './connection-fault.ts';
import { siteDatabaseScript } from './site-database-script.ts';
import { deriveSiteKeys, formatSecret, makeSecret } from './site-keys.ts';

/** What became of creating or migrating the site database. */
export type InitResult =
  | {
      readonly kind: 'ready';
      /** The new secret of the organisation; undefined where it has one already. */
      readonly secret: string | undefined;
      /** The new password of deskbell_desk; undefined where that role was there already. */
      readonly loginPassword: string | undefined;
    }
  | { readonly kind: 'failed'; readonly fault: SiteFault; readonly message: string };

const CONNECT_MS = 10 * SECOND_MS;
/** A migration of a large database may take its time. */
const MIGRATE_MS = 600 * SECOND_MS;

const stateSchema = z.tuple([z.object({ has_login: z.boolean() })]);
const checkSchema = z.tuple([z.object({ is_ours: z.boolean() })]);

/**
 * Creates the site database or migrates it, as its owner, in one transaction; does nothing when it is ready. The secret and the
 * password are made here and returned once: the database keeps neither.
 */
export async function initSiteDatabase(
  parts: Omit<ConnectionParts, 'withinMs'>,
): Promise<InitResult> {
  const connected = await connect({ ...parts, withinMs: CONNECT_MS });
  if (connected.kind === 'failed') return { ...connected, message: '' };
  const { query, close } = connected.connection;
  try {
    const state = await query(
      "select exists (select from pg_roles where rolname = 'deskbell_desk') as has_login",
      [],
      CONNECT_MS,
    );
    if (state.kind === 'failed') return state;
    const [{ has_login: hasLogin }] = stateSchema.parse(state.rows);
    const secret = makeSecret();
    const { check } = deriveSiteKeys(secret);
    const loginPassword = hasLogin ? undefined : randomBytes(24).toString('base64url');
    const made = await query(
      siteDatabaseScript([
        // Hexadecimal digits and base64 need no quoting.
        `update deskbell.site_database set secret_check = '\\x${check.toString('hex')}' where secret_check is null;`,
        ...(loginPassword === undefined
          ? []
          : [`alter role deskbell_desk password '${scramVerifier(loginPassword)}';`]),
      ]),
      [],
      MIGRATE_MS,
    );
    if (made.kind === 'failed') return made;
    const kept = await query(
      'select secret_check = $1 as is_ours from deskbell.site_database',
      [check],
      CONNECT_MS,
    );
    if (kept.kind === 'failed') return kept;
    const [{ is_ours: isOurs }] = checkSchema.parse(kept.rows);
    return { kind: 'ready', secret: isOurs ? formatSecret(secret) : undefined, loginPassword };
  } finally {
    close();
  }
}

const ITERATIONS = 4_096;

/**
 * What the server keeps of a password (RFC 5803): the password itself is in no statement, so in no log either. Only for
 * ASCII, which needs no SASLprep.
 */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const sign = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(sign('Client Key')).digest();
  const keys = [storedKey, sign('Server Key')].map((key) => key.toString('base64'));
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${keys.join(':')}`;
}
