import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import * as z from 'zod/mini';
import { siteDatabaseScript } from '../../../electron/site/site-database-script.ts';
import { startPostgres, type PostgresServer } from './server.ts';

/** The password with which every desk signs in. */
export const DESK_PASSWORD = 'a made-up login password';

/** One site database on a server. */
export type TestSiteDatabase = {
  readonly server: PostgresServer;
  readonly name: string;
  /** The superuser in this database. */
  readonly admin: pg.Client;
  /** Connects as every desk does. */
  readonly connect: () => Promise<pg.Client>;
  /** Joins a desk, on a connection of its own. */
  readonly join: (name: string, site?: string, options?: JoinOptions) => Promise<TestDesk>;
  readonly close: () => Promise<void>;
};

type JoinOptions = { readonly isOffice?: boolean; readonly importAllowance?: number };

const answerSchema = z.looseObject({ is: z.string() });
/** The answer of a function. */
export type Answer = z.infer<typeof answerSchema>;

/** A desk that has joined, as the database sees it. */
export type TestDesk = {
  readonly id: number;
  readonly token: Buffer;
  readonly client: pg.Client;
  /** Calls a function of `deskbell_v1` with the desk's token, and returns its answer. */
  readonly call: (name: string, ...values: readonly unknown[]) => Promise<Answer>;
};

let shared: Promise<PostgresServer> | undefined;
/** The server that the test files of one process share; each has databases of its own. */
const sharedServer = (): Promise<PostgresServer> => (shared ??= startPostgres({}));

/** Creates a site database of its own on the shared server, or on this one. */
export async function createSiteDatabase(on?: PostgresServer): Promise<TestSiteDatabase> {
  const server = on ?? (await sharedServer());
  const name = `site_${randomUUID().replaceAll('-', '')}`;
  const maintenance = await server.connect('postgres');
  await maintenance.query(`create database ${name}`);
  await maintenance.end();
  const admin = await server.connect(name);
  await admin.query(siteDatabaseScript());
  await admin.query(`alter role deskbell_desk password '${DESK_PASSWORD}'`);
  // A slow machine is no fault here; a test of the limits resets them.
  for (const limit of ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'])
    await admin.query(`alter role deskbell_desk in database ${name} set ${limit} = 0`);
  // A server that has been running: claims need no look.
  await admin.query('update deskbell.site_database set settle_ms = 0');
  await admin.query('select deskbell.is_settled()');
  const clients: pg.Client[] = [];

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      host: '127.0.0.1',
      port: server.port,
      user: 'deskbell_desk',
      password: DESK_PASSWORD,
      database: name,
    });
    client.on('error', () => {});
    await client.connect();
    clients.push(client);
    return client;
  };

  const join: TestSiteDatabase['join'] = async (deskName, site = 'lille', options = {}) => {
    const { rows } = await admin.query<{ code: string }>(
      'select deskbell_admin.new_enrolment($1, $2, uses => 1, office => $3, import_allowance => $4) as code',
      [site, `Shop ${site}`, options.isOffice ?? false, options.importAllowance ?? 0],
    );
    const client = await connect();
    const token = randomBytes(32);
    const answer = await callFunction(client, 'enrol', [
      rows[0]?.code,
      deskName,
      createHash('sha256').update(token).digest(),
      '0.2.0',
      Buffer.alloc(16, 1),
    ]);
    return {
      id: z.number().parse(answer['desk']),
      token,
      client,
      call: (of, ...values) => callFunction(client, of, [token, ...values]),
    };
  };

  return {
    server,
    name,
    admin,
    connect,
    join,
    close: async () => {
      await Promise.all(clients.map((client) => client.end()));
      await admin.query('select 1');
      await admin.end();
      const last = await server.connect('postgres');
      await last.query(`drop database ${name} with (force)`);
      await last.end();
    },
  };
}

/** Calls a function of `deskbell_v1` with these values, and returns its answer. */
export async function callFunction(
  client: pg.Client,
  name: string,
  values: readonly unknown[],
): Promise<Answer> {
  const places = values.map((_, at) => `$${at + 1}`).join(', ');
  const { rows } = await client.query<{ answer: unknown }>(
    `select deskbell_v1.${name}(${places}) as answer`,
    [...values],
  );
  return answerSchema.parse(rows[0]?.answer);
}

/** A key as a desk makes it, for a made-up number. */
function keyOf(phone: string): string {
  const hex = createHmac('sha256', 'made up').update(phone).digest('hex').slice(0, 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Another key at each call. */
export const aKey = (): string => keyOf(randomUUID());

/** The input of a claim, with typical values. */
export function aClaim(key: string, changes: Partial<Claim> = {}): readonly unknown[] {
  const now = changes.now ?? Date.now();
  const wanted: Claim = {
    invitation: randomUUID(),
    claim: 1,
    business: 'b1',
    now,
    queuedAt: now - 1_000,
    forced: false,
    seen: null,
    staff: 'Léa',
    looked: false,
    ...changes,
  };
  const { invitation, claim, business, queuedAt, forced, seen, staff, looked } = wanted;
  return [invitation, claim, key, business, now, queuedAt, forced, seen, staff, looked];
}

type Claim = {
  readonly invitation: string;
  readonly claim: number;
  readonly business: string;
  readonly now: number;
  readonly queuedAt: number;
  readonly forced: boolean;
  readonly seen: number | null;
  readonly staff: string | null;
  readonly looked: boolean;
};

/** The input of a hello, with the values of a desk that knows nothing. */
export function aHello(changes: Partial<Hello> = {}): readonly unknown[] {
  const hello = { now: Date.now(), epoch: 1, pushed: 0, pulled: 0, waiting: 0, ...changes };
  const { now, epoch, pushed, pulled, waiting } = hello;
  return [now, epoch, pushed, pulled, waiting, null, '0.2.0'];
}

type Hello = {
  readonly now: number;
  readonly epoch: number;
  readonly pushed: number;
  readonly pulled: number;
  readonly waiting: number;
};

/** The input of a push: a change number, and lists that are empty by default. */
export function aPush(change: number, lists: PushLists = {}, known = 0): readonly unknown[] {
  const { sends = [], open = [], ended = [], refusals = [] } = lists;
  return [
    known,
    change,
    JSON.stringify(sends),
    JSON.stringify(open),
    ended,
    JSON.stringify(refusals),
  ];
}

type PushLists = {
  readonly sends?: readonly object[];
  readonly open?: readonly object[];
  readonly ended?: readonly string[];
  readonly refusals?: readonly object[];
};
