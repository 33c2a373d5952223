import type { SecureContext } from 'node:tls';
import type { DatabaseAddress } from '../../shared/site-database-address.ts';
import type { Clock } from '../../shared/time.ts';
import { createHostResolver, type Lookup } from './resolve-host.ts';
import { openSiteDatabase, type SiteDatabase } from './site-database.ts';
import { deriveSiteKeys, parseSecret, type SiteKeys } from './site-keys.ts';

/**
 * Opens the client of a site database for a desk with these credentials; connects with the first call. Undefined when the
 * secret is none.
 */
export function openSiteClient(parts: {
  readonly address: DatabaseAddress;
  readonly password: string;
  /** The organisation's secret, as one word. */
  readonly secret: string;
  readonly token: Uint8Array;
  readonly hintBits: () => number;
  readonly trust: SecureContext | undefined;
  readonly lookup: Lookup;
  readonly clock: Clock;
  readonly version: string;
}): { readonly database: SiteDatabase; readonly keys: SiteKeys } | undefined {
  const { address, password, trust, lookup, clock, token, hintBits, version } = parts;
  const secret = parseSecret(parts.secret);
  if (secret === undefined) return undefined;
  const keys = deriveSiteKeys(secret);
  const resolve = createHostResolver({ lookup, clock });
  const connection = { address, password, trust, resolve, clock };
  return {
    keys,
    database: openSiteDatabase({ connection, token, keys, hintBits, version, clock }),
  };
}
