import * as z from 'zod/mini';
import type { StatementCache } from '../statement-cache.ts';

/** The proof that a desk is in real use: an API key, or an invitation, which outweighs a key. */
export const realUseSchema = z.enum(['key', 'invitations']);
export type RealUse = z.infer<typeof realUseSchema>;

export const REAL_USE_SQL = {
  read: 'SELECT in_use FROM meta',
  key: "UPDATE meta SET in_use = 'key' WHERE in_use IS NULL",
  invitations: "UPDATE meta SET in_use = 'invitations' WHERE in_use IS NOT 'invitations'",
  keyRemoved: "UPDATE meta SET in_use = NULL WHERE in_use = 'key'",
} as const;

export type RealUseVerbs = {
  /** The proof that this desk is in real use; undefined: none yet. Survives retention and erasure. */
  readonly readInUse: () => RealUse | undefined;
  readonly keepInUse: (by: RealUse) => void;
  /** A person has removed the key: without an invitation the desk was never used. */
  readonly keyWasRemoved: () => void;
};

/** Creates the record of real use. Saving an invitation sets it automatically. */
export function createRealUse(statement: StatementCache): RealUseVerbs {
  const schema = z.nullable(realUseSchema);
  return {
    readInUse: () => schema.parse(statement(REAL_USE_SQL.read).pluck().get()) ?? undefined,
    keepInUse: (by) => {
      statement(REAL_USE_SQL[by]).run();
    },
    keyWasRemoved: () => {
      statement(REAL_USE_SQL.keyRemoved).run();
    },
  };
}
