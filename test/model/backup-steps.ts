import type { Row } from '../../electron/outbox/store-port.ts';
import type { DataGap } from '../../shared/data-gap.ts';
import { isOpen } from '../../shared/invitation.ts';
import type { Restore } from './restore.ts';
import type { World } from './world.ts';

/**
 * A backup is made while the row is open, or was made before, and replaces the database: a person restores it, or the
 * database is lost or damaged.
 */
export function byBackup(
  world: World,
  restore: Restore,
): readonly { readonly name: string; readonly world: World }[] {
  const { backup, left, now, row } = world;
  if (left.restores === 0) return [];
  if (backup === undefined) {
    const isOpenRow = isOpen(row.invitation);
    return isOpenRow
      ? [{ name: 'a backup is made', world: { ...world, backup: { row, at: now } } }]
      : [];
  }
  const gap: DataGap = { why: 'restored', from: backup.at, to: now, dated: 'by-partoo' };
  const restored = { ...world, gap, backup: undefined, left: { ...left, restores: 0 } };
  const step = (name: string, current: Row | undefined, database: 'whole' | 'damaged') => {
    const at = { backup: backup.row, current, database, from: backup.at, to: now };
    return { name, world: { ...restored, row: restore(at) } };
  };
  return [
    step(RESTORED, row, 'whole'),
    // Data that only the lost database had was never in this world.
    backup.row === undefined ? step(DAMAGED, row, 'damaged') : step(LOST, undefined, 'damaged'),
  ];
}

/** The row is in the database as it was before. */
export const RESTORED = 'a person restores the backup';
/** After this the end of a row is unknown. */
export const LOST = 'the log is lost and the backup takes its place';
const DAMAGED = 'the log is damaged and the backup takes its place';
