import * as z from 'zod/mini';

/** Where a PostgreSQL database is, and who signs in there. */
export type DatabaseAddress = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
};

const DEFAULT_PORT = 5_432;

/**
 * Parses `postgresql://user:password@host:5432/database`. Undefined for anything else, also for parameters behind a
 * question mark: sslmode is not for a file to choose.
 */
export function parseDatabaseUrl(
  text: string,
): { readonly address: DatabaseAddress; readonly password: string } | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const [database, ...more] = url.pathname.split('/').slice(1).map(decode);
  const [user, password] = [url.username, url.password].map(decode);
  const isPlain = url.search === '' && url.hash === '' && more.length === 0;
  if (!/^postgres(?:ql)?:$/.test(url.protocol) || url.hostname === '' || !isPlain) return undefined;
  if (!database || !user || password === undefined) return undefined;
  const port = url.port === '' ? DEFAULT_PORT : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { address: { host, port, database, user }, password };
}

/** Undefined where a percent sign is not followed by two digits. */
function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** The managed key `siteDatabase`: the database that the desks share, without a password. */
export const siteDatabaseSchema = z.strictObject({
  url: z.string().check(
    z.maxLength(500),
    z.refine(
      (text) => parseDatabaseUrl(text)?.password === '',
      'must be postgresql://user@host:port/database, without a password',
    ),
  ),
});

/** Whether an address is this computer. A name is not, `localhost` either: only its certificate tells whose it is. */
export function isLoopback(host: string): boolean {
  return host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
