import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { jsonColumn } from '../store/rows/json-column.ts';
import type { ApiKey } from '../os/api-key.ts';
import type { DatabaseAddress } from '../../shared/site-database-address.ts';

/** What this desk needs to use a site database. */
export type Credentials = {
  readonly password: string;
  /** The organisation's secret, as one word. */
  readonly secret: string;
  /** This desk's own token. */
  readonly token: Buffer;
};

const entrySchema = z.object({
  password: z.string(),
  secret: z.string(),
  token: z.string(),
});

/** The account of a site database in the keychain. */
export function accountOf({ host, port, database }: DatabaseAddress): string {
  return `site database ${host}:${port}/${database}`;
}

/** Writes credentials as the text of a keychain entry. */
export function formatCredentials({ token, ...rest }: Credentials): string {
  return JSON.stringify({ ...rest, token: token.toString('base64url') });
}

/** Names this desk's place in a site database; it reveals nothing of the token. */
export function partnerOf(address: DatabaseAddress, { token }: Credentials): string {
  const hash = createHash('sha256').update(token).digest('hex').slice(0, 16);
  return `${accountOf(address)} ${hash}`;
}

/** Reads the credentials. `not-joined`: there are none, or they cannot be understood. */
export async function readCredentials(
  entry: Pick<ApiKey, 'read'>,
): Promise<
  | { readonly kind: 'credentials'; readonly credentials: Credentials }
  | { readonly kind: 'none'; readonly cause: 'not-joined' | 'keychain' }
> {
  const reading = await entry.read();
  if (reading.kind === 'unavailable') return { kind: 'none', cause: 'keychain' };
  const parsed =
    reading.kind === 'key' ? z.pipe(jsonColumn, entrySchema).safeParse(reading.key) : undefined;
  if (parsed?.success !== true) return { kind: 'none', cause: 'not-joined' };
  const { token, ...rest } = parsed.data;
  return { kind: 'credentials', credentials: { ...rest, token: Buffer.from(token, 'base64url') } };
}
