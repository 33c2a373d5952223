import type { Migration } from '../file/migrate.ts';

/** The search finds O'Brien as "obrien": all names are folded again, in the small steps that `foldedNames` began. */
export const apostrophes: Migration = {
  version: 18,
  up: (db) => {
    db.exec('UPDATE meta SET unfolded_below = (SELECT max(seq) + 1 FROM invitation)');
  },
};
