import Database from 'better-sqlite3';
import { ERASURE_SQL } from '../../../electron/store/erasures.ts';
import { NINE } from './a-row.ts';

// Erases a customer as the log does, and kills itself at the given moment.

const [path = '', moment = '', phone = ''] = process.argv.slice(2);
const db = new Database(path);
for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = 1'])
  db.pragma(pragma);
const die = () => process.kill(process.pid, 'SIGKILL');

db.exec('BEGIN IMMEDIATE');
if (moment === 'before') die();
db.prepare(ERASURE_SQL.settle).run({ phone, now: NINE });
db.prepare(ERASURE_SQL.erase).run({ phone });
if (moment === 'within') die();
db.exec('COMMIT');
die();
