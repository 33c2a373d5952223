import * as z from 'zod/mini';
import type { StatementCache } from '../statement-cache.ts';

export const PIN_SQL = {
  read: 'SELECT hash, salt, cost, block_size, parallelism, wrong_tries FROM manager_pin',
  save: `
    INSERT OR REPLACE INTO manager_pin (only_row, hash, salt, cost, block_size, parallelism, wrong_tries)
    VALUES (1, :hash, :salt, :cost, :blockSize, :parallelism, 0)`,
  // Includes the wrong tries: a restore must not reset them for a person who guesses.
  takeOver: `
    INSERT OR REPLACE INTO manager_pin (only_row, hash, salt, cost, block_size, parallelism, wrong_tries)
    VALUES (1, :hash, :salt, :cost, :block_size, :parallelism, :wrong_tries)`,
  remove: 'DELETE FROM manager_pin',
  countTry: 'UPDATE manager_pin SET wrong_tries = wrong_tries + 1 RETURNING wrong_tries',
  forgive: 'UPDATE manager_pin SET wrong_tries = 0 WHERE wrong_tries > 0',
} as const;

/** A hashed PIN with its scrypt parameters, so that these can grow without losing earlier PINs. */
export type HashedPin = {
  readonly hash: Uint8Array;
  readonly salt: Uint8Array;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelism: number;
};

export type PinVerbs = {
  readonly readPin: () => (HashedPin & { readonly wrongTries: number }) | undefined;
  /** Replaces the earlier PIN and resets the wrong tries. */
  readonly savePin: (pin: HashedPin) => void;
  readonly removePin: () => void;
  /** Counts one more wrong try and returns the total. */
  readonly countWrongTry: () => number;
  readonly forgiveWrongTries: () => void;
};

/** Creates the reads and writes of the manager's PIN. */
export function createPin(statement: StatementCache): PinVerbs {
  return {
    readPin: () => pinSchema.parse(statement(PIN_SQL.read).get()),
    savePin: (pin) => {
      statement(PIN_SQL.save).run(pin);
    },
    removePin: () => {
      statement(PIN_SQL.remove).run();
    },
    countWrongTry: () => triesSchema.parse(statement(PIN_SQL.countTry).pluck().get()) ?? 0,
    forgiveWrongTries: () => {
      statement(PIN_SQL.forgive).run();
    },
  };
}

const triesSchema = z.optional(z.int());
/** A stored PIN. */
export const pinRowSchema = z.object({
  hash: z.instanceof(Uint8Array),
  salt: z.instanceof(Uint8Array),
  cost: z.int(),
  block_size: z.int(),
  parallelism: z.int(),
  wrong_tries: z.int(),
});
const pinSchema = z.optional(
  z.pipe(
    pinRowSchema,
    z.transform(({ block_size: blockSize, wrong_tries: wrongTries, ...pin }) => ({
      ...pin,
      blockSize,
      wrongTries,
    })),
  ),
);
