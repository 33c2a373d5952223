import { accountOf, formatCredentials } from '../../electron/sharing/credentials.ts';
import { deriveSiteKeys, formatSecret, type SiteSecret } from '../../electron/site/site-keys.ts';
import { configWith, openTestApp, type TestApp } from './app.ts';
import { DESK_PASSWORD, type TestDesk, type TestSiteDatabase } from './postgres/site-database.ts';

/** The organisation's secret of all desks in these tests. */
const SECRET: SiteSecret = Buffer.alloc(32, 7);

/** The keys that these desks derive from it. */
export const SITE_KEYS = deriveSiteKeys(SECRET);

/** What makes Deskbell use its place in a site database: a setting, and an entry of the keychain. */
export function joining(
  db: Pick<TestSiteDatabase, 'name'>,
  { token }: Pick<TestDesk, 'token'>,
  port: number,
): {
  readonly siteDatabase: { readonly url: string };
  readonly keychainEntries: Readonly<Record<string, string>>;
} {
  const address = { host: '127.0.0.1', port, database: db.name, user: 'deskbell_desk' };
  return {
    siteDatabase: {
      url: `postgresql://${address.user}@${address.host}:${port}/${address.database}`,
    },
    keychainEntries: {
      [accountOf(address)]: formatCredentials({
        password: DESK_PASSWORD,
        secret: formatSecret(SECRET),
        token,
      }),
    },
  };
}

/** A desk with Deskbell that has joined a site database, and the same desk as the database knows it. */
export type JoinedDesk = TestApp & { readonly desk: TestDesk };

/**
 * Opens a PC with Deskbell that has joined this site database. Its time begins now, as the server's: `beside` opens a further one
 * with the same Partoo and the same time.
 */
export async function openJoinedDesk(
  db: TestSiteDatabase,
  name: string,
  options: Omit<Parameters<typeof openTestApp>[0] & object, 'config' | 'keychainEntries'> & {
    readonly settings?: object;
    readonly site?: string;
    readonly isOffice?: boolean;
    /** The port of a proxy before the server. */
    readonly port?: number;
  } = {},
): Promise<JoinedDesk> {
  const { settings = {}, site, isOffice = false, port = db.server.port, ...rest } = options;
  const desk = await db.join(name, site, { isOffice });
  const { siteDatabase, keychainEntries } = joining(db, desk, port);
  const app = await openTestApp({
    startAt: Date.now(),
    ...rest,
    config: (apiUrl) => configWith(apiUrl, { siteDatabase, ...settings }),
    keychainEntries,
  });
  return { ...app, desk };
}
