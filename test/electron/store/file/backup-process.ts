import { writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeBackup } from '../../../../electron/store/file/backups.ts';
import { checkCopy } from '../../../../electron/store/file/check-copy.ts';
import { openStore } from '../../../../electron/store/file/open-store.ts';
import { aRow, NINE } from '../../../support/builders/row.ts';

// Makes one backup after another until it is killed.

const [path = ''] = process.argv.slice(2);
const opening = openStore({ path, now: () => NINE, onBadRow: () => {} });
if (opening.kind !== 'open') throw new Error(opening.why);
const { store } = opening;
for (let turn = 0; turn < 150; turn += 1) {
  const content = 'x'.repeat(20_000);
  store.insertInvitation(aRow({ forceReason: 'Practice', seenSentAt: NINE - 1, content }));
}

for (let turn = 0; ; turn += 1) {
  const now = NINE + turn;
  const parts = {
    folder: join(dirname(path), 'backups'),
    now: () => now,
    checkCopy: async (copy: string) => {
      writeSync(1, 'copied\n');
      return checkCopy(copy);
    },
  };
  writeSync(1, 'begun\n');
  await makeBackup(parts, store, 'daily');
  writeSync(1, 'made\n');
}
