// The one file of this folder that others import as a value: it loads the rest, and pg with it, only when it is used.

/** Loads the script that creates and migrates the database. */
export const loadSiteDatabaseScript = () => import('./site-database-script.ts');

/** Loads what creates and migrates the database. */
export const loadInitSiteDatabase = () => import('./init-site-database.ts');

/** Loads what joins a desk. */
export const loadJoinSiteDatabase = () => import('./join-site-database.ts');

/** Loads the client of a desk. */
export const loadSiteClient = () => import('./open-site-client.ts');

/** Loads secrets and keys. */
export const loadSiteKeys = () => import('./site-keys.ts');

/** Loads the lookup of the server's name. */
export const loadHostResolver = () => import('./resolve-host.ts');
