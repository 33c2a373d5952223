import { decideAfterAttempt } from '../../../electron/outbox/rules/decide-after-attempt.ts';
import { decideUnconfirmed } from '../../../electron/outbox/rules/decide-unconfirmed.ts';
import { judgeClaim } from '../../../electron/outbox/rules/judge-claim.ts';
import { checkBeforeSending } from '../../../electron/outbox/rules/check-before-sending.ts';
import {
  judgeSearch,
  mustSearchFirst,
} from '../../../electron/outbox/rules/search-before-sending.ts';
import { claim, hello, settle, type Called, type ClaimAnswered } from './database.ts';
import { attributeSms, erase, push, takeOver } from './database-lists.ts';
import type { Name, World } from './world.ts';

/** The rules of the outbox, of the site database and of a desk. A test switches one off. */
export type Rules = {
  readonly decideAfterAttempt: typeof decideAfterAttempt;
  readonly decideUnconfirmed: typeof decideUnconfirmed;
  readonly judgeClaim: typeof judgeClaim;
  readonly check: typeof checkBeforeSending;
  readonly mustSearchFirst: typeof mustSearchFirst;
  readonly judgeSearch: typeof judgeSearch;
  readonly claim: typeof claim;
  readonly settle: typeof settle;
  readonly hello: typeof hello;
  readonly push: typeof push;
  readonly erase: typeof erase;
  readonly takeOver: typeof takeOver;
  readonly attributeSms: typeof attributeSms;
  /** The answers that a claim can have: the one of the database, unless it may be any. */
  readonly answersTo: (called: Called<ClaimAnswered>) => readonly Called<ClaimAnswered>[];
  /** Whether the row of the number is locked from the question to the grant. */
  readonly locks: boolean;
  readonly searchesWhenApart: boolean;
  /** Whether a desk says hello on each new connection before it pushes. */
  readonly saysHello: boolean;
  /** Whether a permission older than a minute is asked for again. */
  readonly isFreshFor: number;
};

export const RULES: Rules = {
  decideAfterAttempt,
  decideUnconfirmed,
  judgeClaim,
  check: checkBeforeSending,
  mustSearchFirst,
  judgeSearch,
  claim,
  settle,
  hello,
  push,
  erase,
  takeOver,
  attributeSms,
  answersTo: (called) => [called],
  locks: true,
  searchesWhenApart: true,
  saysHello: true,
  isFreshFor: 60_000,
};

/** What a step is about, for the promises about single steps. */
export type Event =
  | { readonly is: 'first-byte'; readonly desk: Name }
  | {
      readonly is: 'granted' | 'permitted-apart';
      readonly desk: Name;
      readonly hasSearched: boolean;
    }
  | { readonly is: 'erased' | 'taken-over' };

/** A possible next event, and the world after it. `good`: it happens when nothing fails. */
export type Step = {
  readonly name: string;
  readonly world: World;
  readonly kind: 'good' | 'fault' | 'time';
  readonly event?: Event;
};
