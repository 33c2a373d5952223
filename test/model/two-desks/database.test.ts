import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SECOND_MS, type EpochMs } from '../../../shared/time.ts';
import {
  createSiteDatabase,
  type TestDesk,
  type TestSiteDatabase,
} from '../../support/postgres/site-database.ts';
import { anOperation, type Operation } from './operations.ts';
import { emptyDatabase, claim, hello, settle, type SiteDatabase } from './database.ts';
import { attributeSms, erase, push, takeOver } from './database-lists.ts';

let site: TestSiteDatabase;
let desks: Readonly<Record<'lea' | 'paul', TestDesk>>;
beforeAll(async () => {
  site = await createSiteDatabase();
  desks = { lea: await site.join('Desk 1'), paul: await site.join('Desk 2') };
});
afterAll(() => site.close());

const PER_MINUTE = 3;

test('the functions of the model answer as the functions of the site database, call after call', async () => {
  const property = fc.asyncProperty(
    fc.array(anOperation, { minLength: 4, maxLength: 14 }),
    async (operations) => {
      await reset();
      const start = Date.now();
      let now = start;
      let db: SiteDatabase = withRate(emptyDatabase(['lea', 'paul'], now));
      for (const operation of operations) {
        if (operation.is === 'time') {
          now += operation.ms;
          await site.admin.query(later(operation.ms));
          continue;
        }
        const modelled = inModel(db, now, operation);
        const real = await onServer(start, operation);
        expect(fromStart(real, start)).toEqual(fromStart(modelled.answer, now));
        ({ db } = modelled);
      }
      expect(await readSends(start)).toEqual(sendsOf(db, now));
    },
  );
  await fc.assert(property, { numRuns: 200 });
});

const withRate = (db: SiteDatabase): SiteDatabase => ({
  ...db,
  rate: { ...db.rate, perMinute: PER_MINUTE },
});

type Call = Exclude<Operation, { readonly is: 'time' }>;

function inModel(
  db: SiteDatabase,
  now: EpochMs,
  call: Call,
): { readonly db: SiteDatabase; readonly answer: object } {
  switch (call.is) {
    case 'claim': {
      const { queuedAgo, seenAgo, ...rest } = call;
      const seen = seenAgo === null ? null : now - seenAgo;
      return claim(db, now, { ...rest, now, queuedAt: now - queuedAgo, seen });
    }
    case 'settle': {
      const { sentAgo, ...rest } = call;
      return settle(db, now, { ...rest, sentAt: sentAgo === null ? null : now - sentAgo });
    }
    case 'attribute_sms': {
      const called = attributeSms(db, now, call);
      return { db: called.db, answer: { others: sorted(called.answer) } };
    }
    case 'hello':
      return hello(db, now, call);
    case 'push': {
      const { sends, open, refusals, ...rest } = call;
      const called = push(db, now, {
        ...rest,
        sends: sends.map((send) => dated(send, now)),
        open: open.map((one) => dated({ ...one, sentAgo: 0 }, now)),
        refusals: refusals.map((key) => ({ key, since: now })),
      });
      const { mustSayHello, erased, notKept, taken } = called.answer;
      const answer = mustSayHello ? { is: 'hello' } : lists(erased, notKept, taken);
      return { db: called.db, answer };
    }
    case 'erase': {
      const called = erase(db, now, { key: call.key, now });
      return { db: called.db, answer: { is: called.answer } };
    }
    case 'take_over': {
      const called = takeOver(db, now, call);
      return { db: called.db, answer: { is: called.answer } };
    }
    case 'restart':
      return { db: { ...db, isRestarted: true }, answer: {} };
    default:
      return call satisfies never;
  }
}

async function onServer(now: EpochMs, call: Call): Promise<object> {
  if (call.is === 'restart') {
    await site.admin.query("update deskbell.site_database set known_start = '-infinity'");
    return {};
  }
  const { [call.desk]: desk } = desks;
  switch (call.is) {
    case 'claim': {
      const seen = call.seenAgo === null ? null : now - call.seenAgo;
      const { invitation, claim: number, key, queuedAgo, forced, looked } = call;
      const values = [
        invitation,
        number,
        key,
        'b1',
        now,
        now - queuedAgo,
        forced,
        seen,
        null,
        looked,
      ];
      const { where: _where, ...answer } = await desk
        .call('claim', ...values)
        .catch((error: unknown) => ({ is: codeOf(error), where: undefined }));
      return answer;
    }
    case 'settle': {
      const { invitation, claim: number, sentAgo, proved, partooId } = call;
      const sentAt = sentAgo === null ? null : now - sentAgo;
      const { known } = await desk.call('settle', invitation, number, sentAt, proved, partooId);
      return { known };
    }
    case 'attribute_sms': {
      const { others } = await desk.call('attribute_sms', call.invitation, call.ids);
      return { others: sorted(others) };
    }
    case 'hello': {
      const values = [now, call.epoch, call.pushed, call.pulled, 0, null, '0.2.0'];
      const { epoch, pushed, head, whole, settled } = await desk.call('hello', ...values);
      return { epoch, pushed, head, whole, settled };
    }
    case 'push': {
      const sends = call.sends.map((send) => asJson(send, now));
      const open = call.open.map((one) => asJson({ ...one, sentAgo: 0 }, now));
      const refusals = call.refusals.map((key) => ({ key, since: now, hint: 1 }));
      const texts = [sends, open, refusals].map((list) => JSON.stringify(list));
      const [sendsText, openText, refusalsText] = texts;
      const values = [call.known, call.change, sendsText, openText, call.ended, refusalsText];
      const { is, erased, notKept, taken } = await desk.call('push', ...values);
      if (is === 'hello') return { is };
      return lists(erased, notKept, invitationsIn(taken));
    }
    case 'erase': {
      const { is } = await desk.call('erase', call.key, now, false);
      return { is };
    }
    case 'take_over': {
      const { is } = await desk.call('take_over', call.invitation);
      return { is };
    }
    default:
      return call satisfies never;
  }
}

type Aged = {
  readonly invitation: string;
  readonly queuedAgo: number;
  readonly sentAgo: number;
};

function dated<T extends Aged>({ queuedAgo, sentAgo, ...rest }: T, now: EpochMs) {
  return { ...rest, queuedAt: now - queuedAgo, sentAt: now - sentAgo };
}

/** As the site client writes it. A send has no sealed text, and an open invitation no business: they are passed over. */
function asJson(aged: Aged, now: EpochMs): object {
  const { invitation, ...rest } = dated(aged, now);
  return { ...rest, id: invitation, business: 'b1', sealed: 'AAAA' };
}

const lists = (erased: unknown, notKept: unknown, taken: unknown) => ({
  erased: sorted(erased),
  notKept: sorted(notKept),
  taken: sorted(taken),
});

function sorted(ids: unknown): readonly string[] {
  return [...new Set(Array.isArray(ids) ? ids.map(String) : [])].toSorted();
}

function invitationsIn(taken: unknown): readonly unknown[] {
  return Array.isArray(taken)
    ? taken.map((one: object): unknown => Reflect.get(one, 'invitation'))
    : [];
}

function codeOf(error: unknown): unknown {
  return Reflect.get(Object(error), 'code');
}

/**
 * Times as they are seen from now. Left out: the length of a wait, because the clock of the server runs on during the
 * test, and which one of two SMS of the same time is named.
 */
function fromStart(answer: object, now: EpochMs): object {
  return Object.fromEntries(
    Object.entries(answer).flatMap(([name, value]): [string, unknown][] => {
      if (name === 'waitMs' || name === 'proved') return [];
      const isTime = name === 'sentAt' || name === 'since';
      return [[name, isTime && typeof value === 'number' ? now - value : value]];
    }),
  );
}

async function readSends(now: EpochMs): Promise<readonly object[]> {
  const { rows } = await site.admin.query<Record<string, unknown>>(
    'select invitation, desk_id, state, sent_at::float8, claim::float8, partoo_id from deskbell.send order by 1, 2',
  );
  return rows.map((row) => ({
    invitation: row['invitation'],
    desk: row['desk_id'] === desks.lea.id ? 'lea' : 'paul',
    state: row['state'],
    claim: row['claim'],
    partooId: row['partoo_id'],
    ago: now - Number(row['sent_at']),
  }));
}

function sendsOf({ sends }: SiteDatabase, now: EpochMs): readonly object[] {
  return sends
    .map(({ invitation, desk, state, claim: number, sentAt, partooId }) => ({
      invitation,
      desk,
      state,
      claim: number,
      partooId,
      ago: now - sentAt,
    }))
    .toSorted((one, other) =>
      `${one.invitation}${one.desk}` < `${other.invitation}${other.desk}` ? -1 : 1,
    );
}

/** Time passes: everything is longer ago. */
const later = (ms: number): string => `
  update deskbell.send set sent_at = sent_at - ${ms}, claimed_at = claimed_at - interval '${ms} ms';
  update deskbell.open_invitation set queued_at = queued_at - ${ms};
  update deskbell.refusal set since = since - ${ms};
  update deskbell.erasure set queued_before = queued_before - ${ms};
  update deskbell.desk set seen_at = seen_at - interval '${ms} ms', enrolled_at = enrolled_at - interval '${ms} ms';
  update deskbell.rate_second set second = -second;
  update deskbell.rate_second set second = -second - ${ms / SECOND_MS};
  update deskbell.site_database set settled_at = settled_at - interval '${ms} ms'`;

async function reset(): Promise<void> {
  await site.admin.query(`
    delete from deskbell.send; delete from deskbell.open_invitation; delete from deskbell.refusal;
    delete from deskbell.erasure; delete from deskbell.feed; delete from deskbell.number;
    delete from deskbell.limit_use; delete from deskbell.rate_second;
    update deskbell.rate set per_minute = ${PER_MINUTE};
    update deskbell.feed_head set seq = 0, cleared_to = 0;
    update deskbell.desk set epoch = 1, pushed = 0, pulled = 0, enrolled_at = clock_timestamp(),
      seen_at = clock_timestamp();
    update deskbell.site_database set epoch = 1, settle_ms = 90000, settled_at = '-infinity',
      known_start = pg_postmaster_start_time()`);
}
