import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as z from 'zod/mini';
import type { Fault } from '../../electron/practice/faults.ts';
import { SECOND_MS } from '../../shared/time.ts';
import { expect } from '../support/expect.ts';
import { HOTEL, type RunningApp, type Installation } from '../support/installation.ts';
import { seeded } from '../support/seeded-random.ts';

const SEND = '/review_booster/send_invitation';
const SEARCH = '/review_booster/search-invitation';
const STATUS = '/review_booster/invitation_status';
/**
 * The most requests that one SMS may cause, with all the faults here; Partoo's 300 requests a minute are for a whole
 * organisation.
 */
export const MOST_REQUESTS_PER_SMS = 6;
/** Invitations entered before each kill. */
const A_ROUND = 3;
/** At the end the vendor has no faults: one quarantine of ten minutes, the repeat after it, and the pauses between. */
const SETTLING_MS = 15 * 60 * SECOND_MS;

export type ChaosOptions = {
  readonly kills: number;
  /** The same seed makes the same choices; their effect differs with the machine. */
  readonly seed: number;
  /** `all`: wait until every invitation has ended or needs a person. `proved`: leave quarantines running. */
  readonly settle: 'all' | 'proved';
  readonly say: (line: string) => void;
};

export type ChaosReport = {
  readonly kills: number;
  /** Kills during a request. */
  readonly hits: number;
  readonly invitations: number;
  readonly sms: number;
  /** SMS beyond those that a person decided on. */
  readonly doubles: number;
  /** Confirmed but not in the database, or accepted without an SMS. */
  readonly lost: number;
  /** Invitations that need a person. */
  readonly undecided: number;
  /** Invitations whose quarantine has not ended. */
  readonly unsettled: number;
  /** Requests to Partoo per SMS, of every kind, in hundredths rounded up. */
  readonly requestsPerSms: number;
};

/** The invitations that the screen has confirmed as saved. */
type Promised = { readonly id: string; readonly phone: string; readonly forced: boolean };

/**
 * Enters invitations into the real application, kills it at random moments while it sends, restarts it on the same
 * data, and finally counts what was confirmed, what the database contains and what the vendor has sent.
 */
export async function createChaos(
  installation: Installation,
  { kills, seed, settle, say }: ChaosOptions,
): Promise<ChaosReport> {
  const random = seeded(seed);
  const promised: Promised[] = [];
  let requests = 0;
  /** The vendor remembers only its last requests, so they are counted in each round. */
  let lastCounted: unknown;
  const countRequests = (): void => {
    const received = installation.vendor.received();
    requests += received.length - 1 - received.findLastIndex((one) => one === lastCounted);
    lastCounted = received.at(-1);
  };
  for (let kill = 1; kill <= kills; kill += 1) {
    const app = await installation.open();
    installation.vendor.behave();
    for (const fault of anyFaults(random)) installation.vendor.fault(fault);
    for (let nth = 0; nth < A_ROUND; nth += 1) {
      const again = random() < 0.25 ? promised.filter(isOnlyOne(promised)).at(-8) : undefined;
      const phone = again?.phone ?? aGuest(promised.length);
      const saved = await enter(app, phone);
      if (saved !== undefined) promised.push({ ...saved, phone });
    }
    await pause(random() * 350);
    await app.kill();
    countRequests();
    if (kill % 25 === 0) say(`${kill} kills, ${promised.length} invitations so far`);
  }
  installation.vendor.behave();
  const app = await installation.open();
  await settled(app, settle);
  await app.quit();
  countRequests();
  return count(installation, promised, { kills, requests });
}

const isOnlyOne = (all: readonly Promised[]) => (one: Promised) =>
  all.filter(({ phone }) => phone === one.phone).length === 1;

/** One of the 10,000 mobile numbers that France keeps for fiction. */
const aGuest = (nth: number) => `+3363998${String(1_000 + nth).padStart(4, '0')}`;

function anyFaults(random: () => number): readonly Fault[] {
  const slow: Fault = { kind: 'slow', delayMs: random() * 300, path: SEND, times: 2 };
  const bad: readonly Fault[] = [
    { kind: 'drop-after-accepting', path: SEND, times: 1 },
    { kind: 'status-after-accepting', status: 502, path: SEND, times: 1 },
    { kind: 'hang-after-accepting', path: SEND, times: 1 },
    { kind: 'status', status: 503, path: SEND, times: 1 },
    { kind: 'drop-before-reading', times: 1 },
  ];
  const chosen = bad[Math.floor(random() * bad.length * 2)];
  // Other faults: a state that cannot be read, and a list that lags or has no times yet.
  const beside: readonly Fault[] = [
    { kind: 'status', status: 503, path: STATUS },
    { kind: 'status', status: 200, body: { status: null }, path: STATUS },
    { kind: 'status', status: 500, path: SEARCH },
    { kind: 'reshape', change: withoutSends, path: SEARCH },
    { kind: 'reshape', change: withoutTimes, path: SEARCH },
  ];
  const alsoChosen = beside[Math.floor(random() * beside.length * 2)];
  return [slow, ...[chosen, alsoChosen].filter((fault) => fault !== undefined)];
}

const listSchema = z.looseObject({
  review_invitations: z.array(z.looseObject({})),
});

/** A list that lags: recent sends are missing. */
function withoutSends(body: unknown): unknown {
  const list = listSchema.safeParse(body);
  return list.success ? { ...list.data, count: 0, review_invitations: [] } : body;
}

/** A list of SMS that were created and have no time yet. */
function withoutTimes(body: unknown): unknown {
  const list = listSchema.safeParse(body);
  if (!list.success) return body;
  const untimed = list.data.review_invitations.map((send) => ({ ...send, sent_time: null }));
  return { ...list.data, review_invitations: untimed };
}

/** Enters one invitation as the form does: forced when the number was invited before. Undefined when it is refused. */
async function enter(app: RunningApp, phone: string): Promise<Omit<Promised, 'phone'> | undefined> {
  const asked = { phone, businessId: HOTEL.id, replaces: null };
  const token = randomUUID();
  const answer = await app.page.evaluate(
    async (given) => {
      const call = window.deskbell.calls;
      const valueOf = (reply: unknown) =>
        typeof reply === 'object' && reply !== null && 'value' in reply ? reply.value : undefined;
      const verdict = valueOf(await call['verdict.check']({ ...given.asked, name: '' }));
      const ruling =
        typeof verdict === 'object' && verdict !== null && 'ruling' in verdict
          ? verdict.ruling
          : undefined;
      const sentAt =
        typeof ruling === 'object' && ruling !== null && 'opensAt' in ruling && 'sentAt' in ruling
          ? ruling.sentAt
          : undefined;
      const ticket =
        sentAt === undefined
          ? undefined
          : valueOf(
              await call['force.requestTicket']({ ...given.asked, shownAt: sentAt, pin: null }),
            );
      const force =
        typeof ticket === 'object' && ticket !== null && 'ticket' in ticket
          ? { ticket: ticket.ticket, reason: 'Chaos' }
          : null;
      const saved = valueOf(
        await call['invitation.enqueue']({
          ...given.asked,
          token: given.token,
          name: 'Marie',
          staff: null,
          consented: false,
          message: null,
          force,
        }),
      );
      return { saved, forced: force !== null };
    },
    { asked, token },
  );
  const saved = savedSchema.safeParse(answer.saved);
  return saved.success ? { id: saved.data.id, forced: answer.forced } : undefined;
}

const savedSchema = z.object({ id: z.string() });
const openSchema = z.object({
  value: z.array(z.object({ progress: z.object({ state: z.string() }) })),
});

async function settled(app: RunningApp, settle: ChaosOptions['settle']): Promise<void> {
  const restless = ['waiting', 'sending', 'held', ...(settle === 'all' ? ['unconfirmed'] : [])];
  const states = async () => {
    const list = await app.page.evaluate(() => window.deskbell.calls['outbox.list']({}));
    return openSchema.parse(list).value.map(({ progress }) => progress.state);
  };
  await expect
    .poll(async () => (await states()).filter((state) => restless.includes(state)), {
      timeout: SETTLING_MS,
      intervals: [SECOND_MS],
    })
    .toEqual([]);
}

const rowsSchema = z.array(
  z.object({
    id: z.string(),
    phone: z.string(),
    state: z.string(),
    evidence: z.nullable(z.string()),
  }),
);

/** Checks independently: the file itself and the vendor's own record. */
function count(
  { vendor, dataFolder }: Installation,
  promised: readonly Promised[],
  { kills, requests }: { readonly kills: number; readonly requests: number },
): ChaosReport {
  const db = new Database(join(dataFolder, 'deskbell.db'), { readonly: true });
  const rows = rowsSchema.parse(
    db.prepare('SELECT id, phone, state, evidence FROM invitation').all(),
  );
  const hits = z
    .int()
    .parse(
      db.prepare(`SELECT count(*) FROM attempt WHERE outcome ->> 'cause' = 'died'`).pluck().get(),
    );
  db.close();
  const sms = vendor.sms();
  const known = new Set(rows.map(({ id }) => id));
  const sentTo = (phone: string) => sms.filter((one) => one.phone === phone).length;
  const decided = (phone: string) => rows.filter((row) => row.phone === phone).length;
  const accepted = (phone: string) =>
    rows.filter((row) => row.phone === phone && row.state === 'accepted').length;
  const phones = [...new Set(rows.map(({ phone }) => phone))];
  const over = (more: number, less: number) => Math.max(0, more - less);
  return {
    kills,
    hits,
    invitations: rows.length,
    sms: sms.length,
    doubles:
      sum(phones.map((phone) => over(sentTo(phone), decided(phone)))) + sum(unforcedTwice(sms)),
    lost:
      promised.filter(({ id }) => !known.has(id)).length +
      sum(phones.map((phone) => over(accepted(phone), sentTo(phone)))),
    undecided: rows.filter(({ state }) => state === 'needs_decision').length,
    unsettled: rows.filter(({ state }) => state === 'unconfirmed').length,
    requestsPerSms: Math.ceil((100 * requests) / Math.max(1, sms.length)) / 100,
  };
}

/** Per number: the SMS without force beyond the first, and those with force beyond the first. */
function unforcedTwice(sms: ReturnType<Installation['vendor']['sms']>): readonly number[] {
  const kinds = new Map<string, number>();
  for (const { phone, forced } of sms) {
    const key = `${phone} ${forced}`;
    kinds.set(key, (kinds.get(key) ?? 0) + 1);
  }
  return [...kinds.values()].map((times) => times - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
