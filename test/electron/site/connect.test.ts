import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connect, type ConnectionParts } from '../../../electron/site/connect.ts';
import { faultOf } from '../../../electron/site/connection-fault.ts';
import { systemClock } from '../../../electron/os/system-clock.ts';
import { createTrust } from '../../../electron/partoo/certificates.ts';
import { SECOND_MS } from '../../../shared/time.ts';
import { createFakeClock } from '../../support/clock.ts';
import { findClosedPort, openFaultServer, TEST_AUTHORITY } from '../../support/fault-server.ts';
import {
  createSiteDatabase,
  DESK_PASSWORD,
  type TestSiteDatabase,
} from '../../support/postgres/site-database.ts';
import { openTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

let db: TestSiteDatabase;
let proxy: TcpProxy;
beforeAll(async () => {
  db = await createSiteDatabase();
  proxy = await openTcpProxy(db.server.port);
});
afterAll(async () => {
  await proxy.close();
  await db.close();
});
afterEach(() => proxy.behave('pass'));

const trust = createTrust([TEST_AUTHORITY]);

/** The desk's connection through the proxy, over TLS. */
function parts(changes: Partial<ConnectionParts> = {}, address = {}): ConnectionParts {
  return {
    address: {
      host: 'localhost',
      port: proxy.port,
      database: db.name,
      user: 'deskbell_desk',
      ...address,
    },
    password: DESK_PASSWORD,
    trust,
    resolve: async () => ({ kind: 'addresses', addresses: ['127.0.0.1'] }),
    clock: systemClock,
    withinMs: 60 * SECOND_MS,
    ...changes,
  };
}

/** Connects, asks a query, and closes. */
async function ask(wanted: ConnectionParts, query: string) {
  const connected = await connect(wanted);
  if (connected.kind === 'failed') return connected;
  const result = await connected.connection.query(query, [], 60 * SECOND_MS);
  connected.connection.close();
  return result;
}

describe('a connection', () => {
  test('is over TLS 1.3, with the certificate checked', async () => {
    expect(
      await ask(parts(), 'select ssl, version from pg_stat_ssl where pid = pg_backend_pid()'),
    ).toEqual({ kind: 'rows', rows: [{ ssl: true, version: 'TLSv1.3' }] });
  });

  test('is plain on this computer', async () => {
    const here = parts({}, { host: '127.0.0.1' });
    expect(await ask(here, 'select ssl from pg_stat_ssl where pid = pg_backend_pid()')).toEqual({
      kind: 'rows',
      rows: [{ ssl: false }],
    });
  });

  test('tries the next address where nothing listens on the first', async () => {
    const wanted = parts({
      resolve: async () => ({ kind: 'addresses', addresses: ['127.0.0.2', '127.0.0.1'] }),
    });
    expect(await ask(wanted, 'select 1 as one')).toEqual({ kind: 'rows', rows: [{ one: 1 }] });
  });
});

describe('a connection fails', () => {
  test('[row 270] when the name has no address', async () => {
    const resolve = async () => ({ kind: 'failed', fault: 'dns-timeout' }) as const;
    expect(await connect(parts({ resolve }))).toEqual({ kind: 'failed', fault: 'dns-timeout' });
  });

  test('[row 271] where nothing listens', async () => {
    const port = await findClosedPort();
    expect(await connect(parts({}, { port }))).toEqual({ kind: 'failed', fault: 'refused' });
  });

  test('[row 271] while the server admits no more connections', async () => {
    await db.admin.query(`alter database ${db.name} connection limit 0`);
    expect(await connect(parts())).toEqual({ kind: 'failed', fault: 'too-many-connections' });
    await db.admin.query(`alter database ${db.name} connection limit -1`);
  });

  test.each([
    ['an authority that is not trusted', { trust: undefined }, {}, 'authority'],
    ['a certificate for another name', {}, { host: 'db.example.test' }, 'host-name'],
  ] as const)('[row 272] with %s, before the password', async (_, changes, address, fault) => {
    const before = proxy.bytesHeard();
    expect(await connect(parts(changes, address))).toEqual({ kind: 'failed', fault });
    // A request for TLS and a handshake.
    expect(proxy.bytesHeard() - before).toBeLessThan(4_000);
  });

  test('[row 272] with a server without TLS, or one that is no PostgreSQL', async () => {
    for (const answer of ['N', 'HTTP/1.1 400 Bad Request\r\n\r\n']) {
      const server = await openFaultServer({
        onConnection: (socket) => {
          socket.once('data', () => socket.write(answer));
        },
      });
      expect(await connect(parts({}, { port: server.port }))).toEqual({
        kind: 'failed',
        fault: 'no-tls',
      });
      await server.close();
    }
  });

  test('[row 273] with a wrong password, user or database', async () => {
    expect(await connect(parts({ password: 'wrong' }))).toMatchObject({ fault: 'password' });
    expect(await connect(parts({}, { user: 'nobody' }))).toMatchObject({ fault: 'password' });
    expect(await connect(parts({}, { database: 'elsewhere' }))).toMatchObject({
      fault: 'no-database',
    });
  });

  test('[row 279] when the server stays silent', async () => {
    proxy.behave('swallow');
    const clock = createFakeClock(0);
    const before = proxy.bytesHeard();
    const connecting = connect(parts({ clock, withinMs: 2_000 }));
    await proxy.heard(before + 1);
    await clock.advance(2_000);
    expect(await connecting).toEqual({ kind: 'failed', fault: 'timeout' });
  });
});

describe('a query has no answer', () => {
  test('[row 278] when the server ends it', async () => {
    await db.admin.query(`alter role deskbell_desk in database ${db.name} reset statement_timeout`);
    expect(await ask(parts(), 'select pg_sleep(10)')).toMatchObject({ fault: 'overloaded' });
  });

  test('[row 274] when the schema is missing', async () => {
    expect(await ask(parts(), 'select deskbell_v9.hello()')).toMatchObject({
      fault: 'schema-missing',
    });
    expect(await ask(parts(), 'select deskbell_v1.later()')).toMatchObject({
      fault: 'schema-missing',
    });
  });

  test('[row 279] when the connection is half open: it is closed, so that no late answer meets another call', async () => {
    const clock = createFakeClock(0);
    const connected = await connect(parts({ clock }));
    if (connected.kind === 'failed') throw new Error(connected.fault);
    const { connection } = connected;
    proxy.behave('swallow-answers');
    const before = proxy.bytesHeard();
    const asking = connection.query('select 1 as one', [], 2_000);
    await proxy.heard(before + 1);
    await clock.advance(2_000);
    expect(await asking).toMatchObject({ kind: 'failed', fault: 'timeout' });
    expect(connection.isOpen()).toBe(false);
    expect(await connection.query('select 1 as one', [], 2_000)).toMatchObject({
      kind: 'failed',
      fault: 'lost',
    });
  });

  test('[row 280] when the connection is cut', async () => {
    const connected = await connect(parts());
    if (connected.kind === 'failed') throw new Error(connected.fault);
    const asking = connected.connection.query('select pg_sleep(1)', [], 60 * SECOND_MS);
    const before = proxy.bytesHeard();
    await proxy.heard(before);
    proxy.cut();
    expect(await asking).toMatchObject({ kind: 'failed', fault: 'lost' });
    expect(connected.connection.isOpen()).toBe(false);
  });

  test('[row 281] when the server ends the connection', async () => {
    const connected = await connect(parts());
    if (connected.kind === 'failed') throw new Error(connected.fault);
    const asking = connected.connection.query('select pg_sleep(1)', [], 60 * SECOND_MS);
    await db.admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'deskbell_desk' and datname = $1",
      [db.name],
    );
    expect(await asking).toMatchObject({ kind: 'failed', fault: 'lost' });
  });
});

test.each([
  ['57P03', 'starting'],
  ['25006', 'read-only'],
  ['40P01', 'overloaded'],
  ['CERT_HAS_EXPIRED', 'certificate'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'certificate'],
  ['EHOSTUNREACH', 'unreachable'],
  ['23514', 'refused-call'],
  ['22003', 'refused-call'],
  ['XX000', 'other'],
])('the code %s means %s', (code, fault) => {
  expect(faultOf(Object.assign(new Error('…'), { code }))).toBe(fault);
});

test('of several failed addresses the last one counts, and what is no error is other', () => {
  const refused = Object.assign(new Error('…'), { code: 'ECONNREFUSED' });
  expect(faultOf(new AggregateError([new Error('…'), refused]))).toBe('refused');
  expect(faultOf('…')).toBe('other');
});
