import tables from './sql/0001-tables.sql?raw';
import locksAndLimits from './sql/0002-locks-and-limits.sql?raw';
import joining from './sql/0003-joining.sql?raw';
import claims from './sql/0004-claims.sql?raw';
import refusalsAndErasures from './sql/0005-refusals-and-erasures.sql?raw';
import push from './sql/0006-push.sql?raw';
import reports from './sql/0007-reports.sql?raw';
import administration from './sql/0008-administration.sql?raw';
import settings from './sql/0009-settings.sql?raw';
import rights from './sql/rights.sql?raw';
import roles from './sql/roles.sql?raw';

/** All shipped migrations, in order. A shipped one is never edited: add another, which only adds. */
const MIGRATIONS = [
  tables,
  locksAndLimits,
  joining,
  claims,
  refusalsAndErasures,
  push,
  reports,
  administration,
  settings,
];

/** The version of the schema after the last migration. */
const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Returns the SQL that creates the site database or migrates it to the version of this Deskbell, in one transaction. It
 * changes nothing when it runs again, and refuses a newer database. It runs in psql and over a connection. `last`: statements
 * that end the same transaction, as the owner of the database.
 */
export function siteDatabaseScript(last: readonly string[] = []): string {
  return [
    'begin;',
    'set local client_min_messages = warning;',
    roles,
    refuseNewer,
    ...MIGRATIONS.map((sql, at) => migrate(at + 1, sql)),
    rights,
    ...last,
    'commit;',
    '',
  ].join('\n');
}

const refuseNewer = `
do $$
declare
  found int := (select version from schema_version);
begin
  if found > ${SCHEMA_VERSION} then
    raise exception 'The site database has schema version %, and this Deskbell knows version ${SCHEMA_VERSION}. Use the newest Deskbell.', found
      using errcode = 'SD005';
  end if;
end $$;
`;

/** Runs a migration where it has not run yet. */
function migrate(version: number, sql: string): string {
  const quote = `$deskbell_${version}$`;
  return `
do $migration$
begin
  if (select version from schema_version) < ${version} then
    execute ${quote}
${sql}${quote};
    update schema_version set version = ${version};
  end if;
end $migration$;
`;
}
