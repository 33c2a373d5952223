import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../electron/os/system-clock.ts';
import { initSiteDatabase } from '../../../electron/site/init-site-database.ts';
import { joinSiteDatabase } from '../../../electron/site/join-site-database.ts';
import { deriveSiteKeys, makeDeskToken, parseSecret } from '../../../electron/site/site-keys.ts';
import { startPostgres, type PostgresServer } from '../../support/postgres/server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres({});
  const admin = await server.connect('postgres');
  await admin.query("create role it_owner login createrole password 'made up'");
  await admin.query('create database shared_by_desks owner it_owner');
  await admin.end();
});
afterAll(() => server.remove());

const network = {
  trust: undefined,
  resolve: async (host: string) => ({ kind: 'addresses', addresses: [host] }) as const,
  clock: systemClock,
};
const address = () => ({
  host: '127.0.0.1',
  port: server.port,
  database: 'shared_by_desks',
  user: 'it_owner',
});
const init = (password = 'made up') =>
  initSiteDatabase({ ...network, address: address(), password });

async function newCode(): Promise<string> {
  const admin = await server.connect('shared_by_desks');
  const { rows } = await admin.query<{ code: string }>(
    "select deskbell_admin.new_enrolment('lille', 'Lille centre') as code",
  );
  await admin.end();
  return rows[0]?.code ?? '';
}

describe('creating the site database', () => {
  let secret: string | undefined;
  let loginPassword: string | undefined;
  beforeAll(async () => {
    const ready = await init();
    if (ready.kind === 'failed') throw new Error(`${ready.fault}: ${ready.message}`);
    ({ secret, loginPassword } = ready);
  });

  test('works for an owner who is no superuser, and gives out the secrets once', async () => {
    expect(parseSecret(secret ?? '')).toHaveLength(32);
    expect(loginPassword).toMatch(/^[\w-]{32}$/);
    expect(await init()).toEqual({ kind: 'ready', secret: undefined, loginPassword: undefined });
  });

  test('leaves neither secret nor password in the server’s log', async () => {
    const log = await server.readLog();
    expect(log).not.toContain(secret);
    expect(log).not.toContain(loginPassword);
  });

  const join = async (changes: { readonly code?: string; readonly secret?: Buffer } = {}) => {
    const known = parseSecret(secret ?? '');
    if (known === undefined) throw new Error('no secret');
    return joinSiteDatabase({
      ...network,
      address: { ...address(), user: 'deskbell_desk' },
      password: loginPassword ?? '',
      code: changes.code ?? (await newCode()),
      name: 'Desk 1',
      version: '0.2.0',
      token: makeDeskToken(),
      keys: deriveSiteKeys(changes.secret ?? known),
    });
  };

  test('lets a desk join with what was given out', async () => {
    expect(await join()).toEqual({ kind: 'joined', desk: 'Desk 1', site: 'Lille centre' });
  });

  test('[row 283] refuses a desk with another secret, or a code that nobody gave out', async () => {
    expect(await join({ secret: Buffer.alloc(32) })).toEqual({
      kind: 'refused',
      why: 'other-secret',
    });
    expect(await join({ code: randomUUID() })).toEqual({ kind: 'refused', why: 'unknown-code' });
  });

  test('[row 275] is refused where a newer Deskbell has migrated it', async () => {
    const admin = await server.connect('shared_by_desks');
    await admin.query('update deskbell.schema_version set version = version + 1');
    expect(await init()).toMatchObject({
      kind: 'failed',
      fault: 'newer-schema',
      message: expect.stringContaining('Use the newest Deskbell'),
    });
    await admin.query('update deskbell.schema_version set version = version - 1');
    await admin.end();
  });
});

test('[row 273] a wrong password of the owner changes nothing', async () => {
  expect(await init('wrong')).toEqual({ kind: 'failed', fault: 'password', message: '' });
});

test('[row 274] a role that may not create schemas is told so', async () => {
  const admin = await server.connect('postgres');
  await admin.query("create role somebody login password 'made up'");
  await admin.end();
  const user = { ...address(), user: 'somebody' };
  expect(await initSiteDatabase({ ...network, address: user, password: 'made up' })).toMatchObject({
    kind: 'failed',
    fault: 'no-right',
  });
});
