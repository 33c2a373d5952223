import * as z from 'zod/mini';
import type { StatementCache } from '../statement-cache.ts';

export const PIN_SQL = {
  read: 'SELECT hash, salt, cost, block_size, parallelism, wrong_tries FROM manager_pin',
  save: `
    INSERT OR REPLACE INTO manager_pin (only_row, hash, salt, cost, block_size, parallelism, wrong_tries)
    VALUES (1, :hash, :salt, :cost, :blockSize, :parallelism, 0)`,
  // With its wrong tries: whoever guesses gains nothing by a restore.
  takeOver: `
    INSERT OR REPLACE INTO manager_pin (only_row, hash, salt, cost, block_size, parallelism, wrong_tries)
    VALUES (1, :hash, :salt, :cost, :block_size, :parallelism, :wrong_tries)`,
  remove: 'DELETE FROM manager_pin',
  countTry: 'UPDATE manager_pin SET wrong_tries = wrong_tries + 1 RETURNING wrong_tries',
  forgive: 'UPDATE manager_pin SET wrong_tries = 0 WHERE wrong_tries > 0',
} as const;

/** A hashed PIN with what it was hashed with (scrypt), so that these can grow without losing the PINs of before. */
export type HashedPin = {
  readonly hash: Uint8Array;
  readonly salt: Uint8Array;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelism: number;
};

export type PinVerbs = {
  readonly readPin: () => (HashedPin & { readonly wrongTries: number }) | undefined;
  /** In place of the one before, with no wrong try yet. */
  readonly savePin: (pin: HashedPin) => void;
  readonly removePin: () => void;
  /** Counts one more wrong try and returns how many there are. */
  readonly countWrongTry: () => number;
  readonly forgiveWrongTries: () => void;
};

/** The PIN of the manager, if there is one. */
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
/** The PIN as it stands in its table. */
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
