import Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { e164Schema, type E164 } from '../../shared/phone/e164.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import { SITE_KEYS } from '../support/joined-desk.ts';
import type { Grant, Promised } from './chaos-desk.ts';

/** A promise that was not kept. It names the number by its key only. */
export type Breach = { readonly kind: keyof typeof MEANINGS; readonly about: string };

export const MEANINGS = {
  double: 'a number got two SMS',
  lost: 'an invitation that was confirmed is in no database',
  'not-sent': 'an invitation is accepted, and Partoo sent no SMS to the number',
  unexplained: 'an invitation ended or needs a person, without an SMS that explains it',
  stuck: 'an invitation is still not sent, although everything works',
  'unknown-at-site': 'Partoo sent an SMS that the site database does not know',
  'unproved-at-site': 'a desk has the proof of an SMS, and the site database does not',
  'over-budget': 'the site database granted more requests in a minute than it may',
  apart: 'a desk is not connected, although everything works',
  bug: 'a desk reported a bug',
} as const;

const rowsSchema = z.array(
  z.object({
    id: z.string(),
    phone: e164Schema,
    state: z.string(),
    why: z.nullable(z.string()),
    partooId: z.nullable(z.string()),
  }),
);
export type InvitationRow = z.infer<typeof rowsSchema>[number];

/** What the site database knows of an SMS, or of a possible one. */
export type SiteSend = { readonly key: string; readonly partooId: string | null };

/** Reads the invitations in the database file of a desk. */
export function readRows(databaseFile: string): readonly InvitationRow[] {
  const db = new Database(databaseFile, { readonly: true });
  const rows = rowsSchema.parse(
    db.prepare('SELECT id, phone, state, why, partoo_id AS partooId FROM invitation').all(),
  );
  db.close();
  return rows;
}

/** Compares what the desks have promised with their databases, the site database and the SMS that Partoo has sent. */
export function findBreaches(facts: {
  readonly promised: readonly Promised[];
  /** The invitations in the databases of all desks. */
  readonly rows: readonly InvitationRow[];
  /** The number of each SMS that Partoo has sent. Nothing was forced. */
  readonly sms: readonly E164[];
  /** The SMS, and possible SMS, that the site database knows. */
  readonly atSite: readonly SiteSend[];
  readonly grants: readonly Grant[];
  /** How many requests the site database may grant in a minute. */
  readonly perMinute: number;
  readonly bugs: readonly unknown[];
}): readonly Breach[] {
  const { promised, rows, sms, atSite, perMinute } = facts;
  const knownKeys = new Set(atSite.map(({ key }) => key));
  const provedIds = new Set(atSite.map(({ partooId }) => partooId));
  const ids = new Set(rows.map(({ id }) => id));
  const sentTo = new Set(sms);
  const maybeSentTo = new Set(rows.filter(isInDoubt).map(({ phone }) => phone));
  const isExplained = ({ phone, state, why }: InvitationRow): boolean => {
    switch (state) {
      case 'needs_decision':
      case 'refused':
        return why === 'window' ? sentTo.has(phone) || maybeSentTo.has(phone) : why === 'unproved';
      case 'cancelled':
      case 'expired':
        return false; // no person and no age has ended one
      default:
        return true;
    }
  };
  const breaches =
    (kind: Breach['kind']) =>
    (of: {
      readonly phone: E164;
      readonly state?: string;
      readonly why?: string | null;
    }): Breach => ({
      kind,
      about: [SITE_KEYS.numberKey(of.phone), of.state, of.why].filter(Boolean).join(' '),
    });
  const most = mostInAMinute(facts.grants);
  return [
    ...sms
      .filter((phone, at) => sms.indexOf(phone) < at)
      .map((phone) => breaches('double')({ phone })),
    ...promised.filter(({ id }) => !ids.has(id)).map(({ phone }) => breaches('lost')({ phone })),
    ...rows
      .filter(({ state, phone }) => state === 'accepted' && !sentTo.has(phone))
      .map(breaches('not-sent')),
    ...rows.filter((row) => !isExplained(row)).map(breaches('unexplained')),
    ...rows.filter(({ state }) => UNSENT.has(state)).map(breaches('stuck')),
    ...[...sentTo]
      .filter((phone) => !knownKeys.has(SITE_KEYS.numberKey(phone)))
      .map((phone) => breaches('unknown-at-site')({ phone })),
    ...rows
      .filter(({ state, partooId }) => state === 'accepted' && !provedIds.has(partooId))
      .map(breaches('unproved-at-site')),
    ...facts.bugs.map((bug): Breach => ({ kind: 'bug', about: placeOf(bug) })),
    ...(most > perMinute
      ? [{ kind: 'over-budget', about: `${most} instead of ${perMinute}` } as const]
      : []),
  ];
}

const UNSENT: ReadonlySet<string> = new Set(['held', 'waiting', 'sending']);

function isInDoubt({ state, why }: InvitationRow): boolean {
  return state === 'unconfirmed' || state === 'maybe_sent' || why === 'unproved';
}

/**
 * The most requests that were certainly granted in one minute. Each is granted at some time between the question and its answer, so
 * that only those count for which both were in it.
 */
export function mostInAMinute(grants: readonly Grant[]): number {
  const certainIn = (fromMs: number): number =>
    grants
      .filter((one) => one.askedMs >= fromMs && one.answeredMs <= fromMs + MINUTE_MS)
      .reduce((total, one) => total + one.turns, 0);
  return Math.max(0, ...grants.map(({ askedMs }) => certainIn(askedMs)));
}

/** The kind of an error and where it was thrown: its message may name a number. */
function placeOf(bug: unknown): string {
  if (!(bug instanceof Error)) return typeof bug;
  const at = bug.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return `${bug.name} ${at?.trim() ?? ''}`;
}
