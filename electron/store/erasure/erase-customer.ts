import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import * as z from 'zod/mini';
import type { E164 } from '../../../shared/phone/e164.ts';
import { instantSchema } from '../../../shared/invitation.ts';
import type { EpochMs } from '../../../shared/time.ts';
import { QUARANTINE_MS } from '../../../shared/resend-window.ts';
import { tryToRemoveFile } from '../../files/rename-and-remove.ts';
import { DO_NOT_CONTACT_SQL } from '../tables/do-not-contact.ts';
import { eraseNumber } from './erase-number.ts';
import { createLastSends } from '../tables/last-sends.ts';
import type { StatementCache } from '../statement-cache.ts';

const FINISHED = "('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')";

const OLDEST = `
      SELECT seq FROM invitation
      WHERE state IN ${FINISHED} AND queued_at < :before AND state_at < :before
      ORDER BY queued_at, seq LIMIT :limit`;

export const ERASURE_SQL = {
  // The first condition allows SQLite to use an index.
  isSending: `
    SELECT count(*) FROM invitation
    WHERE phone = :phone AND state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')
      AND state = 'sending'`,
  // A manual action may have closed a row whose attempt is as recent as the others.
  lastUnclear: `
    SELECT max(CASE state
      WHEN 'unconfirmed' THEN state_at
      ELSE (
        SELECT max(ended_at) FROM attempt
        WHERE invitation = seq AND json_extract(outcome, '$.kind') = 'unclear'
      )
    END)
    FROM invitation WHERE phone = :phone AND sent_at IS NOT NULL AND state IN ('unconfirmed', 'maybe_sent')`,
  // End open rows first, so that the counts are correct: never sent, or possibly sent.
  settle: `
    UPDATE invitation SET
      state = CASE
        WHEN unclear_attempts > 0 OR state IN ('sending', 'unconfirmed') THEN 'maybe_sent'
        ELSE 'cancelled'
      END,
      state_at = :now, due_at = NULL, why = NULL,
      sent_at = coalesce(sent_at, unclear_since)
    WHERE phone = :phone AND state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')`,
  countSavedFrom: 'SELECT count(*) FROM invitation WHERE phone = :phone AND queued_at >= :before',
  settleOlder: `
    UPDATE invitation SET
      state = CASE
        WHEN unclear_attempts > 0 OR state IN ('sending', 'unconfirmed') THEN 'maybe_sent'
        ELSE 'cancelled'
      END,
      state_at = :now, due_at = NULL, why = NULL,
      sent_at = coalesce(sent_at, unclear_since)
    WHERE phone = :phone AND queued_at < :before
      AND state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')`,
  eraseOlder: 'DELETE FROM invitation WHERE phone = :phone AND queued_at < :before',
  rebuildSearch: "INSERT INTO invitation_search (invitation_search) VALUES ('rebuild')",
  // The send behind a refusal for the resend window is another sender's, as Partoo showed it.
  keepLastSends: `
    INSERT INTO last_send (phone, sent_at, proof)
    SELECT phone, sent_at, CASE state WHEN 'accepted' THEN 'here' WHEN 'refused' THEN 'elsewhere' ELSE 'none' END
    FROM invitation WHERE seq IN (${OLDEST}) AND sent_at > :sendsUntil
    ON CONFLICT (phone) DO UPDATE SET sent_at = excluded.sent_at, proof = excluded.proof
    WHERE excluded.sent_at > last_send.sent_at`,
  // The attempts and the search entries are deleted with each row.
  purge: `DELETE FROM invitation WHERE seq IN (${OLDEST})`,
} as const;

const instantOrNull = z.nullable(instantSchema);

/** Whether the number stays on or joins the do-not-contact list, or leaves it. */
export type Refusal = 'kept' | 'forgotten';

export type Erased =
  | { readonly kind: 'erased'; readonly invitations: number }
  /** An SMS to this number is being sent; nothing was erased. */
  | { readonly kind: 'sending' }
  /** Partoo may still carry out a request without an answer, until this instant; nothing was erased. */
  | { readonly kind: 'unconfirmed'; readonly until: EpochMs };

type Erasing = {
  readonly now: EpochMs;
  readonly refusal: Refusal;
  /** `ended` for a copy of the database, which sends nothing any more. */
  readonly underWay: 'waited-for' | 'ended';
  /**
   * Keeps the invitations that were saved at this time or later, and with them what else is known about the number: the order
   * to erase came from another desk and is older than they are.
   */
  readonly savedBefore?: EpochMs;
};

export type ErasureVerbs = {
  /**
   * Erases a customer from the database: every row about the number, with its name, attempts and search entries, and
   * the number in all other texts. Ends open invitations first. Daily counts stay. When this returns, no file of the
   * database contains the erased data, and the copies made before an update are gone unless another program holds them
   * (`dropCopiesBefore`). Reads every row: some tenths of a second for a million. Throws, with nothing changed, when
   * the number would remain anywhere.
   */
  readonly eraseCustomer: (phone: E164, how: Erasing) => Erased;
  /**
   * Deletes at most `limit` invitations that were saved, and ended, before an instant. Returns their number. Keeps the
   * time of a number's last SMS if it is after `sendsUntil`; removes older kept times.
   */
  readonly purgeFinished: (query: Purge) => number;
  /** Removes deleted data from the journal beside the database too. Harmless at any time. */
  readonly wipeJournal: () => void;
  /**
   * Removes copies made before an update or set aside, if they are older than an instant. Returns whether they are
   * gone: a file that another program holds stays.
   */
  readonly dropCopiesBefore: (before: EpochMs) => boolean;
};

type Purge = {
  readonly before: EpochMs;
  readonly sendsUntil: EpochMs;
  readonly limit: number;
};

type ErasureParts = { readonly db: Database.Database; readonly statement: StatementCache };

/** Creates the erasure and the purge of personal data. */
export function createErasures({ db, statement }: ErasureParts): ErasureVerbs {
  const whyNot = (phone: E164, now: EpochMs): Exclude<Erased, { kind: 'erased' }> | undefined => {
    const sending = z.int().parse(statement(ERASURE_SQL.isSending).pluck().get({ phone }));
    if (sending > 0) return { kind: 'sending' };
    const at = instantOrNull.parse(statement(ERASURE_SQL.lastUnclear).pluck().get({ phone }));
    const until = at === null ? 0 : at + QUARANTINE_MS;
    return until > now ? { kind: 'unconfirmed', until } : undefined;
  };
  const eraseOlder = (phone: E164, before: EpochMs, now: EpochMs): Erased | undefined => {
    const kept = z
      .int()
      .parse(statement(ERASURE_SQL.countSavedFrom).pluck().get({ phone, before }));
    if (kept === 0) return undefined;
    statement(ERASURE_SQL.settleOlder).run({ phone, before, now });
    const { changes } = statement(ERASURE_SQL.eraseOlder).run({ phone, before });
    return { kind: 'erased', invitations: changes };
  };
  const erase = db.transaction((phone: E164, how: Erasing): Erased => {
    const { now, refusal, underWay, savedBefore } = how;
    const obstacle = underWay === 'ended' ? undefined : whyNot(phone, now);
    if (obstacle !== undefined) return obstacle;
    const older = savedBefore === undefined ? undefined : eraseOlder(phone, savedBefore, now);
    if (older !== undefined) return older;
    statement(ERASURE_SQL.settle).run({ phone, now });
    // A refusal that stays on the list is shared too.
    const kept = refusal === 'kept' ? ['do_not_contact', 'unshared_refusal'] : [];
    const invitations = eraseNumber(db, phone, kept);
    if (refusal === 'kept')
      statement(DO_NOT_CONTACT_SQL.add).run({ phone, since: now, staff: null });
    return { kind: 'erased', invitations };
  });
  /**
   * Erases once more after a rebuild of the text index: an index that does not match its rows blocks their deletion.
   */
  const eraseOnce = (phone: E164, how: Erasing): Erased => {
    try {
      return erase.immediate(phone, how);
    } catch (error) {
      if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_CORRUPT_VTAB')
        throw error;
      statement(ERASURE_SQL.rebuildSearch).run();
      return erase.immediate(phone, how);
    }
  };
  const lastSends = createLastSends(statement);
  const purge = db.transaction((query: Purge): number => {
    const { before, sendsUntil } = query;
    statement(ERASURE_SQL.keepLastSends).run(query);
    const { changes } = statement(ERASURE_SQL.purge).run({ before, limit: query.limit });
    if (changes > 0) lastSends.forgetBefore(Math.min(before, sendsUntil));
    lastSends.dropUntil(sendsUntil);
    return changes;
  });
  // `secure_delete` overwrites deleted data; the journal may still contain the old pages.
  // https://www.sqlite.org/pragma.html#pragma_secure_delete
  const wipeJournal = (): void => {
    db.pragma('wal_checkpoint(TRUNCATE)');
  };
  return {
    eraseCustomer: (phone, how) => {
      const erased = eraseOnce(phone, how);
      wipeJournal();
      if (erased.kind === 'erased') dropCopies(db.name);
      return erased;
    },
    purgeFinished: (query) => purge.immediate(query),
    wipeJournal,
    dropCopiesBefore: (before) => dropCopies(db.name, before),
  };
}

/** The copies that `migrate` makes before it changes the tables, and the damaged files that `recover` sets aside. */
const ASIDE = ['.before-v', '.corrupt-'];

function dropCopies(path: string, before = Number.POSITIVE_INFINITY): boolean {
  const folder = dirname(path);
  let areGone = true;
  for (const name of readdirSync(folder)) {
    const copy = join(folder, name);
    if (!ASIDE.some((kind) => name.startsWith(basename(path) + kind))) continue;
    if (statSync(copy).mtimeMs < before && !tryToRemoveFile(copy)) areGone = false;
  }
  return areGone;
}
