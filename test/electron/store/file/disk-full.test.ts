import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';
import { setSessionPragmas } from '../../../../electron/store/file/pragmas.ts';
import { classifyStorageError } from '../../../../electron/store/file/storage-errors.ts';
import { createStore } from '../../../../electron/store/store.ts';
import { A_PROGRESS, aDecision, aPhone, aRow, NINE } from '../../../support/builders/row.ts';
import { temporaryFolder, tryOpen } from '../../../support/builders/store.ts';

/** A store whose file cannot grow after `fill` was called. */
function limited() {
  const path = join(temporaryFolder(), 'deskbell.db');
  const db = new Database(path);
  onTestFinished(() => void db.close());
  setSessionPragmas(db);
  db.pragma('journal_mode = WAL');
  migrate(db, { path, now: () => NINE, migrations: MIGRATIONS });
  const store = createStore(db, { onBadRow: () => {} });
  const fill = () => {
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
    for (;;) {
      try {
        store.insertInvitation(
          aRow({ forceReason: 'Filling', seenSentAt: 1, name: 'x'.repeat(255) }),
        );
      } catch (error) {
        return classifyStorageError(error);
      }
    }
  };
  return { store, fill };
}

function whyFails(work: () => unknown) {
  try {
    work();
  } catch (error) {
    return classifyStorageError(error);
  }
  return 'nothing';
}

describe('on a full disk', () => {
  test('an invitation is not stored, and the database stays whole and readable', () => {
    const { store, fill } = limited();
    const row = aRow({ phone: aPhone(1) });
    store.insertInvitation(row);
    expect(fill()).toBe('full');

    const before = store.listOpen();
    const more = aRow({ phone: aPhone(2), name: 'x'.repeat(255), content: 'x'.repeat(5_000) });
    expect(whyFails(() => store.insertInvitation(more))).toBe('full');
    expect(store.readRow(more.invitation.id)).toBeUndefined();
    expect(store.listOpen()).toEqual(before);
  });

  test('a claim or a result is written completely or not at all', () => {
    const { store, fill } = limited();
    const rows = Array.from({ length: 90 }, (_, place) => aRow({ phone: aPhone(place) }));
    for (const row of rows) store.insertInvitation(row);
    fill();

    const text = 'x'.repeat(300);
    const failures = rows.map(({ invitation: { id } }) => {
      const claim = whyFails(() => store.claim(id, NINE));
      const sending = store.readRow(id)?.invitation.progress.state === 'sending';
      expect(sending).toBe(claim === 'nothing');
      expect(store.listAttempts(id)).toHaveLength(sending ? 1 : 0);

      const outcome = { kind: 'refused', status: 400, text } as const;
      const refused = { ...A_PROGRESS.refused, text };
      const result = whyFails(() =>
        store.recordAttempt(id, { endedAt: NINE, outcome }, aDecision(refused)),
      );
      const ended = store.readRow(id)?.invitation.progress.state === 'refused';
      expect(ended).toBe(sending && result === 'nothing');
      expect(store.listAttempts(id).filter(({ end }) => end !== null)).toHaveLength(ended ? 1 : 0);
      return [claim, result];
    });
    // At some step the disk was full, and the error said so.
    expect(failures.flat()).toContain('full');
    expect(new Set(failures.flat())).toEqual(new Set(['nothing', 'full']));
  });

  // A real disk: only root can make one this small.
  test.runIf(process.platform === 'linux' && process.geteuid?.() === 0)(
    'a first start reports it',
    ({ skip }) => {
      const folder = temporaryFolder();
      const disk = ['-t', 'tmpfs', '-o', 'size=16k', 'deskbell-test', folder];
      if (spawnSync('mount', disk).status !== 0) return skip('mounting is not permitted here');
      onTestFinished(() => void spawnSync('umount', [folder]));
      expect(tryOpen(join(folder, 'data', 'deskbell.db'))).toEqual({
        kind: 'cannot-open',
        why: 'disk-full',
        detail: 'SQLITE_FULL',
      });
    },
  );
});
