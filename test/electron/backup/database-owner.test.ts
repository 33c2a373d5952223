import { describe, expect, test } from 'vitest';
import { readOpenGap } from '../../../electron/backup/data-gap.ts';
import { createDatabaseOwner } from '../../../electron/backup/database-owner.ts';
import { createFakeClock } from '../../support/clock.ts';
import { aLiveDatabase } from '../../support/builders/live-database.ts';
import { A_PROGRESS, aPhone, aRow, NINE } from '../../support/builders/row.ts';

type Start = { readonly id?: string; readonly formerIds?: readonly string[]; isRoaming?: boolean };

/** A database of the PC `old-pc` with one waiting invitation, opened on another PC. */
async function aCopy({ id = 'new-pc', formerIds = [], isRoaming = false }: Start = {}) {
  const live = await aLiveDatabase().open();
  live.keepMachine('old-pc');
  const row = aRow({ phone: aPhone(1), progress: A_PROGRESS.waiting });
  live.insertInvitation(row);
  const owner = createDatabaseOwner({
    live,
    clock: createFakeClock(NINE),
    log: {
      reportBug: (error) => {
        throw error;
      },
    },
    machine: Promise.resolve({ id, formerIds }),
    isRoaming: async () => isRoaming,
  });
  const stateOf = (of: string) => live.readRow(of)?.invitation.progress.state;
  return { live, owner, stateOf, id: row.invitation.id };
}

test('a database without an owner belongs to the first PC that opens it', async () => {
  const live = await aLiveDatabase().open();
  const owner = createDatabaseOwner({
    live,
    clock: createFakeClock(NINE),
    log: { reportBug: String },
    machine: Promise.resolve({ id: 'new-pc', formerIds: [] }),
    isRoaming: async () => false,
  });
  expect(await owner.belongsHere()).toBe(true);
  expect(live.readMachine()).toBe('new-pc');
});

test.each<[string, Start]>([
  ['the same PC', { id: 'old-pc' }],
  ['a PC that had the id before', { formerIds: ['old-pc'] }],
  ['a PC to which the data folder roams', { isRoaming: true }],
])('%s keeps the database, without a data gap', async (_, start) => {
  const { live, owner } = await aCopy(start);
  expect(await owner.belongsHere()).toBe(true);
  expect(owner.isCopy()).toBe(false);
  expect(readOpenGap(live, NINE)).toBeNull();
  expect(live.readMachine()).toBe(start.id ?? 'new-pc');
  expect(await owner.settle('take-over')).toBe('unchanged');
});

describe('[row 63] the copy of another PC’s database', () => {
  test('does not belong to this PC, and its open invitations may have been sent', async () => {
    const { live, owner, stateOf, id } = await aCopy();
    expect(await owner.belongsHere()).toBe(false);
    expect(owner.isCopy()).toBe(true);
    expect(readOpenGap(live, NINE)).toMatchObject({ why: 'other-pc', to: NINE });
    expect(stateOf(id)).toBe('unconfirmed');
    expect(live.readMachine()).toBe('old-pc');
  });

  test('belongs to this PC when a person takes it over, with its open invitations', async () => {
    const { live, owner, stateOf, id } = await aCopy();
    await owner.belongsHere();
    expect(await owner.settle('take-over')).toBe('settled');
    expect(await owner.belongsHere()).toBe(true);
    expect(live.readMachine()).toBe('new-pc');
    expect(stateOf(id)).toBe('unconfirmed');
  });

  test('leaves the copied invitations to the other PC, but not those saved here since', async () => {
    const { live, owner, stateOf, id } = await aCopy();
    await owner.belongsHere();
    const here = aRow({ phone: aPhone(2), progress: A_PROGRESS.waiting });
    live.insertInvitation(here);
    expect(await owner.settle('leave')).toBe('settled');
    expect(stateOf(id)).toBe('maybe_sent');
    expect(stateOf(here.invitation.id)).toBe('waiting');
  });
});
