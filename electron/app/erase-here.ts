import type { E164 } from '../../shared/phone/e164.ts';
import type { Clock, EpochMs } from '../../shared/time.ts';
import type { Erased, Refusal } from '../store/erasure/erase-customer.ts';
import type { Store } from '../store/store.ts';

export type EraseHereParts = {
  readonly clock: Pick<Clock, 'now'>;
  readonly store: Pick<Store, 'eraseCustomer'>;
  /** Called before a customer is erased; the returned function reverts what the call did. */
  readonly onErasing: (erasure: { readonly phone: E164; readonly refusal: Refusal }) => () => void;
  /** Called when invitations were deleted from the database: views must reload. */
  readonly onErased: (why: 'customer' | 'age') => void;
  /** Erases a number from the data that this PC keeps for the vendor. */
  readonly forget: (phone: E164) => void;
};

/** Erases a customer from this PC; with `savedBefore`, only what was saved before that instant. */
export type EraseHere = (phone: E164, refusal: Refusal, savedBefore?: EpochMs) => Erased;

/** An erasure on this PC, and what the other desks are told about it. */
export type ErasedEverywhere =
  | Exclude<Erased, { kind: 'erased' }>
  | (Extract<Erased, { kind: 'erased' }> & {
      readonly elsewhere: 'none' | 'ordered' | 'impossible';
    });

/** Creates the erasure of customers from this PC's database, its backups and its data for the vendor. */
export function createEraseHere(parts: EraseHereParts): EraseHere {
  return (phone, refusal, savedBefore) => {
    const takeBack = parts.onErasing({ phone, refusal });
    const erased = parts.store.eraseCustomer(phone, {
      now: parts.clock.now(),
      refusal,
      underWay: 'waited-for',
      ...(savedBefore === undefined ? {} : { savedBefore }),
    });
    if (erased.kind === 'erased') {
      parts.onErased('customer');
      parts.forget(phone);
    } else takeBack();
    return erased;
  };
}
