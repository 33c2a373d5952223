import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import type { E164 } from '../../shared/e164.ts';
import type { EpochMs } from '../../shared/time.ts';
import { DO_NOT_CONTACT_SQL } from './do-not-contact.ts';
import type { Statements } from './statements.ts';

const FINISHED = "('accepted', 'refused', 'maybe_sent', 'cancelled', 'expired')";

export const ERASURE_SQL = {
  isSending: `
    SELECT count(*) FROM invitation
    WHERE phone = :phone AND state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')
      AND state = 'sending'`,
  // Settled first, so that they are counted as what they were: proved never sent, or possibly sent.
  settle: `
    UPDATE invitation SET
      state = CASE WHEN unclear_attempts > 0 OR state = 'unconfirmed' THEN 'maybe_sent' ELSE 'cancelled' END,
      state_at = :now, due_at = NULL, why = NULL,
      sent_at = coalesce(sent_at, unclear_since)
    WHERE phone = :phone AND state IN ('held', 'waiting', 'sending', 'unconfirmed', 'needs_decision')
      AND state <> 'sending'`,
  // All have ended by now, so the index of texts knows every one of them.
  erase: `
    DELETE FROM invitation WHERE phone = :phone AND seq IN (
      SELECT rowid FROM invitation_search WHERE invitation_search MATCH '"' || :phone || '"'
    )`,
  forgetRefusal: 'DELETE FROM do_not_contact WHERE phone = :phone',
  // Its tries and its trace in the search go with each row.
  purge: `
    DELETE FROM invitation WHERE seq IN (
      SELECT seq FROM invitation
      WHERE state IN ${FINISHED} AND queued_at < :before AND state_at < :before
      ORDER BY queued_at, seq LIMIT :limit
    )`,
} as const;

/** Whether the number stays on the list of those who want no SMS, or comes onto it, or leaves it. */
export type Refusal = 'kept' | 'forgotten';

export type Erased =
  | { readonly kind: 'erased'; readonly invitations: number }
  /** An SMS to this number is just leaving; nothing was erased. */
  | { readonly kind: 'sending' };

export type ErasureVerbs = {
  /**
   * Takes a customer out of the log: every invitation to the number with its name, its tries and its trace in the
   * search. Open ones end first. Counts are kept. What was erased is in no file of the log when this returns, and
   * the copies that were made before an update are gone.
   */
  readonly eraseCustomer: (
    phone: E164,
    how: { readonly now: EpochMs; readonly refusal: Refusal },
  ) => Erased;
  /** Takes at most `limit` invitations out that ended, and were saved, before an instant. Tells how many. */
  readonly purgeFinished: (query: { readonly before: EpochMs; readonly limit: number }) => number;
  /** What was taken out is gone from the journal beside the log too. Harmless at any time. */
  readonly wipeJournal: () => void;
  /** Removes the copies that were made before an update, if they are older than an instant. */
  readonly dropCopiesBefore: (before: EpochMs) => void;
};

type ErasureParts = { readonly db: Database.Database; readonly statement: Statements };

/** How personal data leave the log for good. */
export function createErasures({ db, statement }: ErasureParts): ErasureVerbs {
  const erase = db.transaction((phone: E164, now: EpochMs, refusal: Refusal): Erased => {
    const sending = z.int().parse(statement(ERASURE_SQL.isSending).pluck().get({ phone }));
    if (sending > 0) return { kind: 'sending' };
    statement(ERASURE_SQL.settle).run({ phone, now });
    const { changes } = statement(ERASURE_SQL.erase).run({ phone });
    if (refusal === 'forgotten') statement(ERASURE_SQL.forgetRefusal).run({ phone });
    else statement(DO_NOT_CONTACT_SQL.add).run({ phone, since: now, staff: null });
    return { kind: 'erased', invitations: changes };
  });
  // `secure_delete` overwrites what was deleted; the journal may still hold the pages as they were.
  // https://www.sqlite.org/pragma.html#pragma_secure_delete
  const wipeJournal = (): void => {
    db.pragma('wal_checkpoint(TRUNCATE)');
  };
  return {
    eraseCustomer: (phone, { now, refusal }) => {
      const erased = erase.immediate(phone, now, refusal);
      if (erased.kind === 'erased') dropCopies(db.name);
      wipeJournal();
      return erased;
    },
    purgeFinished: (query) => statement(ERASURE_SQL.purge).run(query).changes,
    wipeJournal,
    dropCopiesBefore: (before) => dropCopies(db.name, before),
  };
}

/** What `migrate` copies aside before it changes the tables, and what `recover` sets aside because it is damaged. */
const ASIDE = ['.before-v', '.corrupt-'];

function dropCopies(path: string, before = Number.POSITIVE_INFINITY): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder)) {
    const copy = join(folder, name);
    if (!ASIDE.some((kind) => name.startsWith(basename(path) + kind))) continue;
    if (statSync(copy).mtimeMs < before) rmSync(copy, { force: true });
  }
}
