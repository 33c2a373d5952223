import Database from 'better-sqlite3';
import { ERASURE_SQL } from '../../../../electron/store/erasure/erase-customer.ts';
import { eraseNumber } from '../../../../electron/store/erasure/erase-number.ts';
import { e164Schema } from '../../../../shared/phone/e164.ts';
import { NINE } from '../../../support/builders/row.ts';

// Erases a customer as the store does, and kills itself at the given moment.

const [path = '', moment = '', phone = ''] = process.argv.slice(2);
const db = new Database(path);
for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = 1'])
  db.pragma(pragma);
const die = () => process.kill(process.pid, 'SIGKILL');

db.exec('BEGIN IMMEDIATE');
if (moment === 'before') die();
db.prepare(ERASURE_SQL.settle).run({ phone, now: NINE });
eraseNumber(db, e164Schema.parse(phone), ['do_not_contact']);
if (moment === 'within') die();
db.exec('COMMIT');
die();
