import * as z from 'zod/mini';
import type { StatementCache } from '../statement-cache.ts';

/** The proof that a desk is in real use: an API key, or an invitation, which outweighs a key. */
export const inUseSchema = z.enum(['key', 'invitations']);
export type InUse = z.infer<typeof inUseSchema>;

export const IN_USE_SQL = {
  read: 'SELECT in_use FROM meta',
  key: "UPDATE meta SET in_use = 'key' WHERE in_use IS NULL",
  invitations: "UPDATE meta SET in_use = 'invitations' WHERE in_use IS NOT 'invitations'",
  keyRemoved: "UPDATE meta SET in_use = NULL WHERE in_use = 'key'",
} as const;

export type InUseVerbs = {
  /** The proof that this desk is in real use; undefined: none yet. Survives retention and erasure. */
  readonly readInUse: () => InUse | undefined;
  readonly keepInUse: (by: InUse) => void;
  /** A person has removed the key: without an invitation the desk was never used. */
  readonly keyWasRemoved: () => void;
};

/** Creates the record of real use. Saving an invitation sets it automatically. */
export function createInUse(statement: StatementCache): InUseVerbs {
  const schema = z.nullable(inUseSchema);
  return {
    readInUse: () => schema.parse(statement(IN_USE_SQL.read).pluck().get()) ?? undefined,
    keepInUse: (by) => {
      statement(IN_USE_SQL[by]).run();
    },
    keyWasRemoved: () => {
      statement(IN_USE_SQL.keyRemoved).run();
    },
  };
}
