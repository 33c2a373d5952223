import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createSiteDatabase,
  type TestSiteDatabase,
} from '../../../support/postgres/site-database.ts';

let db: TestSiteDatabase;
let desk: pg.Client;
beforeAll(async () => {
  db = await createSiteDatabase();
  desk = await db.connect();
});
afterAll(() => db.close());

/** The state codes of PostgreSQL, Appendix A. */
const DENIED = '42501';

async function names(query: string): Promise<readonly string[]> {
  const { rows } = await db.admin.query<{ name: string }>(query);
  return rows.map(({ name }) => name);
}

describe('a desk may only call the functions of deskbell_v1', () => {
  test('[row 284] it reads and changes no table', async () => {
    const tables = await names(
      "select relname as name from pg_class where relnamespace = 'deskbell'::regnamespace and relkind in ('r', 'v')",
    );
    expect(tables.length).toBeGreaterThan(15);
    for (const table of tables) {
      for (const query of [`select from deskbell.${table}`, `delete from deskbell.${table}`])
        await expect(desk.query(query)).rejects.toMatchObject({ code: DENIED });
    }
  });

  test('it calls no internal function, and none of an administrator', async () => {
    const functions = await names(
      `select oid::regprocedure::text as name from pg_proc
       where pronamespace in ('deskbell'::regnamespace, 'deskbell_admin'::regnamespace)`,
    );
    expect(functions.length).toBeGreaterThan(15);
    for (const name of functions) {
      const { rows } = await db.admin.query(
        "select has_function_privilege('deskbell_desk', $1, 'execute') as may",
        [name],
      );
      expect({ name, rows }).toEqual({ name, rows: [{ may: false }] });
    }
    await expect(desk.query('select deskbell.now_ms()')).rejects.toMatchObject({ code: DENIED });
    await expect(desk.query('select deskbell_admin.purge()')).rejects.toMatchObject({
      code: DENIED,
    });
  });

  test.each([
    'create table deskbell_v1.mine ()',
    'create table public.mine ()',
    'create schema mine',
    'create temporary table mine ()',
    'create function deskbell_v1.mine() returns int language sql return 1',
    'set role deskbell_owner',
    'set role deskbell_admin',
    'alter role deskbell_desk superuser',
    "select pg_read_file('postgresql.conf')",
  ])('it cannot %s', async (query) => {
    await expect(desk.query(query)).rejects.toMatchObject({ code: DENIED });
  });

  test('[row 278] its calls are cancelled after a second and a half', async () => {
    await db.admin.query(`alter role deskbell_desk in database ${db.name} reset all`);
    const limited = await db.connect();
    const { rows } = await limited.query(
      "select current_setting('statement_timeout') as call, current_setting('lock_timeout') as lock, current_setting('log_parameter_max_length') as logged",
    );
    expect(rows).toEqual([{ call: '1500ms', lock: '1s', logged: '0' }]);
    await expect(limited.query('select pg_sleep(3)')).rejects.toMatchObject({ code: '57014' });
  });
});

describe('each function of the site database', () => {
  test('runs as its owner, with a search path that no other role can extend', async () => {
    const { rows } = await db.admin.query<{ name: string }>(
      `select oid::regprocedure::text as name from pg_proc
       where pronamespace in ('deskbell'::regnamespace, 'deskbell_v1'::regnamespace, 'deskbell_admin'::regnamespace)
         and (proowner <> 'deskbell_owner'::regrole or prosecdef <> (pronamespace <> 'deskbell'::regnamespace)
           or proconfig is distinct from array['search_path=deskbell, pg_temp', 'TimeZone=UTC'])`,
    );
    expect(rows).toEqual([]);
  });

  test('may be called only by named roles, later functions too', async () => {
    await db.admin.query('set role deskbell_owner');
    await db.admin.query('create function deskbell_v1.later() returns int language sql return 1');
    await db.admin.query('reset role');
    await expect(desk.query('select deskbell_v1.later()')).rejects.toMatchObject({ code: DENIED });
  });
});

test('a login of its own for a site calls the same functions, and ends no session of another login', async () => {
  const role = `site_of_${db.name}`;
  await db.admin.query(`create role ${role} in role deskbell_desk`);
  try {
    const { rows } = await db.admin.query(
      `select has_function_privilege($1, oid, 'execute') as may from pg_proc
       where pronamespace = 'deskbell_v1'::regnamespace and proname in ('claim', 'settle')`,
      [role],
    );
    expect(rows).toEqual([{ may: true }, { may: true }]);
    await db.admin.query(`create role other_${role} in role deskbell_desk`);
    const victim = await db.server.connect(db.name);
    await victim.query(`set session authorization other_${role}`);
    const victimId = await victim.query<{ pid: number }>('select pg_backend_pid() as pid');
    await db.admin.query(`set role ${role}`);
    await expect(
      db.admin.query('select pg_terminate_backend($1)', [victimId.rows[0]?.pid]),
    ).rejects.toMatchObject({ code: DENIED });
    await expect(db.admin.query(`alter role other_${role} password 'x'`)).rejects.toMatchObject({
      code: DENIED,
    });
    await db.admin.query('reset role');
    await victim.end();
  } finally {
    await db.admin.query('reset role');
    await db.admin.query(`drop role if exists ${role}, other_${role}`);
  }
});

describe('a reader of reports', () => {
  test('sees counts for each desk and nothing else', async () => {
    await db.join('Desk 1');
    await db.admin.query('set role deskbell_report');
    const report = await db.admin.query('select * from deskbell.report');
    expect(report.rows).toMatchObject([{ code: 'lille', desk: 'Desk 1', waiting: 0 }]);
    await expect(db.admin.query('select from deskbell.send')).rejects.toMatchObject({
      code: DENIED,
    });
    await db.admin.query('reset role');
  });
});
