import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { siteDatabaseScript } from '../../../electron/site/site-database-script.ts';
import {
  aClaim,
  aKey,
  createSiteDatabase,
  type TestSiteDatabase,
} from '../../support/postgres/site-database.ts';

let db: TestSiteDatabase;
beforeAll(async () => {
  db = await createSiteDatabase();
});
afterAll(() => db.close());

const GOLDEN = fileURLToPath(new URL('sql/schema.txt', import.meta.url));

async function lines(query: string): Promise<string> {
  const { rows } = await db.admin.query<{ line: string }>(query);
  return rows.map(({ line }) => line).join('\n');
}

/**
 * The whole schema in a form that is the same for every supported server: PostgreSQL's own dump differs between
 * versions.
 */
async function describeSchema(): Promise<string> {
  const parts = [
    await lines(`select format('version %s', version) as line from deskbell.schema_version`),
    await lines(
      `select format('%s.%s %s%s%s', table_name, column_name, data_type,
         case is_nullable when 'NO' then ' not null' else '' end, coalesce(' default ' || column_default, '')) as line
       from information_schema.columns where table_schema = 'deskbell' order by table_name, ordinal_position`,
    ),
    await lines(
      `select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) as line from pg_constraint
       where connamespace = 'deskbell'::regnamespace and contype <> 'n' order by 1`,
    ),
    await lines(
      `select indexdef as line from pg_indexes where schemaname = 'deskbell' order by indexdef`,
    ),
    await lines(
      `select format(E'%s returns %s\\n%s', oid::regprocedure, prorettype::regtype, coalesce(prosrc, '')) as line
       from pg_proc where pronamespace in ('deskbell'::regnamespace, 'deskbell_v1'::regnamespace, 'deskbell_admin'::regnamespace)
       order by oid::regprocedure::text`,
    ),
    await lines("select pg_get_viewdef('deskbell.report') as line"),
  ];
  return `${parts.join('\n\n')}\n`;
}

test('the script creates this schema', async () => {
  await expect(await describeSchema()).toMatchFileSnapshot(GOLDEN);
});

test('the script changes nothing when it runs again, and keeps existing data', async () => {
  const lea = await db.join('Desk 1');
  const key = aKey();
  await lea.call('refuse', key, 1, 1);
  const before = await describeSchema();
  await db.admin.query(siteDatabaseScript());
  expect(await describeSchema()).toBe(before);
  expect(await lea.call('claim', ...aClaim(key))).toMatchObject({ is: 'refused' });
});

test('the script continues with the migrations that have not run yet', async () => {
  const before = await describeSchema();
  await db.admin.query(`drop function
    deskbell.keep_setting(int, text, jsonb, int), deskbell.site_of(text), deskbell_v1.settings(bytea),
    deskbell_v1.change_staff(bytea, text[], text[], boolean), deskbell_v1.end_shared_staff(bytea),
    deskbell_admin.set_setting(text, text, jsonb), deskbell_admin.clear_setting(text, text)`);
  await db.admin.query('update deskbell.schema_version set version = 8');
  await db.admin.query(siteDatabaseScript());
  expect(await describeSchema()).toBe(before);
});

test('the script changes nothing when a part of it fails', async () => {
  const before = await describeSchema();
  await db.admin.query('update deskbell.schema_version set version = 7');
  // Its functions exist already.
  await expect(db.admin.query(siteDatabaseScript())).rejects.toMatchObject({ code: '42723' });
  await db.admin.query('rollback');
  await db.admin.query('update deskbell.schema_version set version = 9');
  expect(await describeSchema()).toBe(before);
});

test('[row 275] the script refuses a database that a newer Deskbell has migrated', async () => {
  await db.admin.query('update deskbell.schema_version set version = 99');
  await expect(db.admin.query(siteDatabaseScript())).rejects.toMatchObject({
    code: 'SD005',
    message: expect.stringContaining('schema version 99'),
  });
  await db.admin.query('rollback');
  await db.admin.query('update deskbell.schema_version set version = 9');
});
