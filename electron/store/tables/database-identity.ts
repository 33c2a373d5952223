import * as z from 'zod/mini';
import type { StatementCache } from '../statement-cache.ts';

const IDENTITY_SQL = {
  read: 'SELECT starts, machine, noticed_on FROM meta',
  start: 'UPDATE meta SET starts = :starts',
  machine: 'UPDATE meta SET machine = :machine, noticed_on = NULL',
  noticed: 'UPDATE meta SET noticed_on = :machine',
  databaseId: 'UPDATE meta SET database_id = :databaseId',
} as const;

export type DatabaseIdentityVerbs = {
  /** How often this database was opened for work. */
  readonly readStarts: () => number;
  readonly keepStarts: (starts: number) => void;
  /** The PC that owns this database; undefined without an owner. */
  readonly readMachine: () => string | undefined;
  readonly keepMachine: (machine: string) => void;
  /** The PC that noticed this database as a copy, until it owns it. */
  readonly readNoticedOn: () => string | undefined;
  readonly keepNoticedOn: (machine: string) => void;
  /** Gives this copy the `databaseId` of the database that it replaces. Takes effect at the next opening. */
  readonly continueAs: (databaseId: string) => void;
};

const identitySchema = z.object({
  starts: z.int(),
  machine: z.nullable(z.string()),
  noticed_on: z.nullable(z.string()),
});

/** Creates the record of which database this is: its id, its starts and the PC that owns it. */
export function createDatabaseIdentity(statement: StatementCache): DatabaseIdentityVerbs {
  const read = () => identitySchema.parse(statement(IDENTITY_SQL.read).get());
  return {
    readStarts: () => read().starts,
    keepStarts: (starts) => {
      statement(IDENTITY_SQL.start).run({ starts });
    },
    readMachine: () => read().machine ?? undefined,
    keepMachine: (machine) => {
      statement(IDENTITY_SQL.machine).run({ machine });
    },
    readNoticedOn: () => read().noticed_on ?? undefined,
    keepNoticedOn: (machine) => {
      statement(IDENTITY_SQL.noticed).run({ machine });
    },
    continueAs: (databaseId) => {
      statement(IDENTITY_SQL.databaseId).run({ databaseId });
    },
  };
}
