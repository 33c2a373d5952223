import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionParts } from '../../../electron/site/connect.ts';
import { initSiteDatabase } from '../../../electron/site/init-site-database.ts';
import { joinSiteDatabase } from '../../../electron/site/join-site-database.ts';
import { openSiteDatabase, type SiteDatabase } from '../../../electron/site/site-database.ts';
import {
  deriveSiteKeys,
  makeDeskToken,
  parseSecret,
  type DeskToken,
  type SiteKeys,
} from '../../../electron/site/site-keys.ts';
import { systemClock } from '../../../electron/os/system-clock.ts';
import { e164Schema } from '../../../shared/phone/e164.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/time.ts';
import { filesHolding } from '../../support/find-text-in-files.ts';
import { startPostgres, type PostgresServer } from '../../support/postgres/server.ts';

// The numbers of made-up customers, who have nothing in common but the digits that the test searches for.
const DIGITS = '6399847';
const phoneOf = (last: number) => e164Schema.parse(`+33${DIGITS}${last}`);
const NAME = 'Zébulon Canarisse';
const OWNER_PASSWORD = 'a made-up owner password';
// In clear, as docs/privacy.md says: the search below has to find them.
const STAFF = 'Staffname-in-clear';
const DESK = 'Deskname-in-clear';

/** Never late, however slow the machine. */
const clock = { ...systemClock, elapsedMs: () => 0, after: () => () => {} };
const DATABASE = 'shared_by_desks';

let server: PostgresServer;
let admin: pg.Client;
let secretText = '';
let password = '';
let code = '';
let token: DeskToken;

const connectionAs = (user: string, pass: string): Omit<ConnectionParts, 'withinMs'> => ({
  address: { host: '127.0.0.1', port: server.port, database: DATABASE, user },
  password: pass,
  trust: undefined,
  resolve: async (host) => ({ kind: 'addresses', addresses: [host] }),
  clock,
});

/** Calls every function that a desk calls with something personal or secret, refused calls too. */
async function useEverything(desk: SiteDatabase, keys: SiteKeys): Promise<void> {
  const now = Date.now();
  const answered = async (reply: Promise<{ readonly kind: string }>): Promise<void> => {
    expect(await reply).toMatchObject({ kind: 'answer' });
  };
  const wanted = (phone: ReturnType<typeof phoneOf>, business = 'b1') => ({
    invitation: randomUUID(),
    claim: 1,
    phone,
    business,
    now,
    queuedAt: now - MINUTE_MS,
    forced: false,
    seen: null,
    staff: STAFF,
    looked: true,
  });
  const hello = { now, epoch: 1, pushed: 0, pulled: 0, waiting: 1, oldestWaitingAt: now };
  await answered(desk.hello(hello));
  const send = { business: 'b1', sentAt: now - DAY_MS, queuedAt: now - DAY_MS, staff: STAFF };
  const open = { queuedAt: now, forced: false, tried: false };
  const sealed = {
    phone: phoneOf(12),
    name: NAME,
    businessId: 'b1',
    content: null,
    consentAt: null,
    consentBy: STAFF,
  };
  await answered(
    desk.push(0, 1, {
      sends: [{ ...send, id: randomUUID(), phone: phoneOf(11), proved: true, partooId: 'p11' }],
      open: [{ ...open, sealed, id: randomUUID(), phone: phoneOf(12), state: 'waiting' }],
      ended: [],
      refusals: [{ phone: phoneOf(13), since: now }],
    }),
  );
  await answered(desk.look([phoneOf(11), phoneOf(12), phoneOf(13), phoneOf(14)]));
  const first = wanted(phoneOf(15));
  await answered(desk.claim(first));
  const sent = { sentAt: now, proved: true, partooId: 'p15' };
  await answered(desk.attributeSms(first.invitation, ['p15']));
  await answered(desk.settle(first.invitation, 1, sent));
  await answered(desk.refuse({ phone: phoneOf(16), since: now }));
  await answered(desk.refuseUndo(phoneOf(16)));
  await answered(
    desk.erase({ key: keys.numberKey(phoneOf(11)), now, before: now, forgetsRefusal: true }),
  );
  await answered(desk.pull(0, 0));
  await answered(desk.reportSite());
  // PostgreSQL writes the row that it refuses into its log.
  expect(await desk.claim(wanted(phoneOf(17), 'b'.repeat(65)))).toEqual({
    kind: 'no-answer',
    fault: 'refused-call',
  });
}

beforeAll(async () => {
  // A log as talkative as an administrator can make it by mistake.
  const settings = ["log_statement = 'all'", 'log_min_duration_statement = 0'];
  server = await startPostgres({ settings: [...settings, 'log_connections = on'] });
  const postgres = await server.connect('postgres');
  await postgres.query(`create database ${DATABASE}`);
  await postgres.end();
  const owner = connectionAs('postgres', OWNER_PASSWORD);
  const ready = await initSiteDatabase(owner);
  if (ready.kind === 'failed') throw new Error(`${ready.fault}: ${ready.message}`);
  secretText = ready.secret ?? '';
  password = ready.loginPassword ?? '';
  const secret = parseSecret(secretText);
  if (secret === undefined) throw new Error('no secret');
  admin = await server.connect(DATABASE);
  // A slow machine is no fault here.
  await admin.query('alter role deskbell_desk set statement_timeout = 0');
  const { rows } = await admin.query<{ code: string }>(
    "select deskbell_admin.new_enrolment('lille', 'Lille centre') as code",
  );
  code = rows[0]?.code ?? '';
  token = makeDeskToken();
  const keys = deriveSiteKeys(secret);
  const connection = connectionAs('deskbell_desk', password);
  const joined = await joinSiteDatabase({
    ...connection,
    code,
    name: DESK,
    version: '0.2.0',
    token,
    keys,
  });
  if (joined.kind !== 'joined') throw new Error(joined.kind);
  const parts = { connection, token: token.token, keys, hintBits: () => 24, version: '0.2.0' };
  const desk = openSiteDatabase({ ...parts, clock });
  await useEverything(desk, keys);
  desk.close();
  await admin.query('checkpoint');
});
afterAll(async () => {
  await admin.end();
  await server.remove();
});

/** A secret as bytes and as the texts in which it could be written. */
const formsOf = (bytes: Buffer): readonly (string | Buffer)[] => [
  bytes,
  bytes.toString('hex'),
  bytes.toString('base64'),
  bytes.toString('base64url'),
];

describe('the files and the log of the server', () => {
  test('hold what is kept in clear: the search would find the rest', async () => {
    const holding = await filesHolding(server.folder, STAFF);
    expect(holding.some((file) => file.startsWith('data/base/'))).toBe(true);
    expect(holding.some((file) => file.startsWith('data/pg_wal/'))).toBe(true);
    expect(await filesHolding(server.folder, DESK)).not.toEqual([]);
    expect(await filesHolding(server.folder, token.hash)).not.toEqual([]);
    const log = await server.readLog();
    for (const name of ['enrol', 'claim', 'push', 'erase']) expect(log).toContain(`v1.${name}(`);
    expect(log).toContain('violates check constraint');
  });

  test('hold no number and no name of a customer', async () => {
    expect(await filesHolding(server.folder, DIGITS)).toEqual([]);
    for (const part of NAME.split(' ')) expect(await filesHolding(server.folder, part)).toEqual([]);
  });

  test('hold neither the organisation’s secret nor a desk’s token', async () => {
    for (const form of [
      secretText,
      ...formsOf(parseSecret(secretText) ?? Buffer.of()),
      ...formsOf(token.token),
    ])
      expect(await filesHolding(server.folder, form)).toEqual([]);
  });

  test('hold no password and no code', async () => {
    for (const word of [password, OWNER_PASSWORD, code]) {
      expect(word).toMatch(/.{20}/);
      expect(await filesHolding(server.folder, word)).toEqual([]);
    }
  });
});
