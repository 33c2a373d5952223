import Database from 'better-sqlite3';
import { migrate, type Migration } from '../../../../electron/store/file/migrate.ts';
import { MIGRATIONS } from '../../../../electron/store/migrations/index.ts';

// Migrates a database to the next version and kills itself before the given step; after the last it lives.

const [path = '', killBefore = ''] = process.argv.slice(2);

const STEPS = [
  'ALTER TABLE invitation ADD COLUMN colour TEXT',
  "UPDATE invitation SET colour = 'red'",
  'CREATE TABLE extra (x INTEGER) STRICT',
];

const next: Migration = {
  version: MIGRATIONS.length + 1,
  up: (db) => {
    for (const [index, step] of STEPS.entries()) {
      if (index === Number(killBefore)) process.kill(process.pid, 'SIGKILL');
      db.exec(step);
    }
    if (STEPS.length === Number(killBefore)) process.kill(process.pid, 'SIGKILL');
  },
};

const db = new Database(path);
db.pragma('synchronous = FULL');
migrate(db, { path, now: () => 1, migrations: [...MIGRATIONS, next] });
