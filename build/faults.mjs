// npm run faults: lists the rows of docs/faults.md that no test title names.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { rowsOf, rowsTested, testFiles } from './fault-rows.mjs';
import { root } from './setup/paths.mjs';

const rows = rowsOf(await readFile(path.join(root, 'docs/faults.md'), 'utf8'));
const tested = await rowsTested(await testFiles(path.join(root, 'test')));
const missing = rows.filter(({ number }) => !tested.has(number));
for (const { number, fault, isLater } of missing) {
  process.stdout.write(`${number}\t${fault}${isLater ? ' (later)' : ''}\n`);
}
process.stdout.write(`${rows.length - missing.length} of ${rows.length} rows have a test\n`);
process.exitCode = missing.every(({ isLater }) => isLater) ? 0 : 1;
