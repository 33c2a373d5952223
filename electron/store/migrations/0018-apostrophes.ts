import type { Migration } from '../file/migrate.ts';

/** Finds O'Brien as "obrien": folds all names again, in the small steps that `foldedNames` began. */
export const apostrophes: Migration = {
  version: 18,
  up: (db) => {
    db.exec('UPDATE meta SET unfolded_below = (SELECT max(seq) + 1 FROM invitation)');
  },
};
