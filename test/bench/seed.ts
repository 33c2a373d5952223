import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import { seedDatabase } from '../support/seed-database.ts';

// node build/run-typescript.mjs test/bench/seed.ts --folder <data folder> --rows 1000000
// The desk that opens it needs `retentionDays: 3650`, or old invitations are purged.
const { values } = parseArgs({
  options: { folder: { type: 'string' }, rows: { type: 'string', default: '10000' } },
});
const rows = Number(values.rows);
if (values.folder === undefined || !Number.isInteger(rows)) {
  throw new Error('--folder must name a data folder, and --rows must be a whole number');
}
const [hotel, restaurant] = PRACTICE_BUSINESSES;
const startedAt = performance.now();
seedDatabase({
  path: join(values.folder, 'deskbell.db'),
  rows,
  now: Date.now(),
  businessIds: [hotel.id, restaurant.id],
});
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
process.stdout.write(`${rows} invitations in ${seconds} s\n`);
