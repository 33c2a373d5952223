import type { E164 } from '../../shared/phone/e164.ts';
import { SECOND_MS, type Clock, type EpochMs } from '../../shared/time.ts';
import type { FunctionName } from './answers.ts';
import { callFunction, type SiteReply } from './call-function.ts';
import { connect, type ConnectionParts, type SiteConnection } from './connect.ts';
import type { SiteKeys } from './site-keys.ts';

/** An SMS that this desk has sent or may have sent. */
export type PushedSend = {
  readonly id: string;
  readonly phone: E164;
  readonly business: string;
  readonly proved: boolean;
  readonly sentAt: EpochMs;
  readonly queuedAt: EpochMs;
  readonly partooId: string | null;
  readonly staff: string | null;
};

/** What a desk needs that takes an invitation over. */
export type SealedInvitation = {
  readonly phone: E164;
  readonly name: string;
  readonly businessId: string;
  readonly content: string | null;
  readonly consentAt: EpochMs | null;
  readonly consentBy: string | null;
};

/** An invitation of this desk that has not ended. */
export type PushedOpen = {
  readonly id: string;
  readonly phone: E164;
  readonly sealed: SealedInvitation;
  readonly queuedAt: EpochMs;
  readonly state: 'held' | 'waiting' | 'sending' | 'unconfirmed' | 'needs_decision';
  readonly forced: boolean;
  /** Whether an attempt was ever made. */
  readonly tried: boolean;
};

/** A customer of this desk who wants no SMS. */
export type PushedRefusal = { readonly phone: E164; readonly since: EpochMs };

/**
 * The site database, as one desk calls it. Calls run one after another on one connection, which is opened when it is needed. Each
 * has an answer within two seconds or none: a call without an answer may still have been carried out, and is never repeated here.
 */
export type SiteDatabase = {
  readonly hello: (now: {
    readonly now: EpochMs;
    readonly epoch: number;
    readonly pushed: number;
    readonly pulled: number;
    readonly waiting: number;
    readonly oldestWaitingAt: EpochMs | null;
  }) => Promise<SiteReply<'hello'>>;
  /** One to sixteen numbers. */
  readonly look: (phones: readonly E164[]) => Promise<SiteReply<'look'>>;
  readonly claim: (wanted: {
    readonly invitation: string;
    /** The number of this call, higher than any before it at this desk. */
    readonly claim: number;
    readonly phone: E164;
    readonly business: string;
    /** Partoo's time. */
    readonly now: EpochMs;
    readonly queuedAt: EpochMs;
    readonly forced: boolean;
    /** The time of the SMS that the person saw who sends again anyway. */
    readonly seen: EpochMs | null;
    readonly staff: string | null;
    /** Whether Partoo was searched for the number just now. */
    readonly looked: boolean;
  }) => Promise<SiteReply<'claim'>>;
  readonly settle: (
    invitation: string,
    claim: number,
    /** Null: proved never sent. */
    result: null | {
      readonly sentAt: EpochMs;
      readonly proved: boolean;
      readonly partooId: string | null;
    },
  ) => Promise<SiteReply<'settle'>>;
  /**
   * Says which of these one to fifty SMS of Partoo belong to other invitations, or may do so, and reserves the first of the rest for this one.
   */
  readonly attributeSms: (
    invitation: string,
    partooIds: readonly string[],
  ) => Promise<SiteReply<'attribute_sms'>>;
  readonly turns: (
    purpose: 'send' | 'search' | 'poll',
    count: number,
  ) => Promise<SiteReply<'turns'>>;
  readonly pause: (ms: number) => Promise<SiteReply<'pause'>>;
  readonly refuse: (refusal: PushedRefusal) => Promise<SiteReply<'refuse'>>;
  readonly refuseUndo: (phone: E164) => Promise<SiteReply<'refuse_undo'>>;
  /** Erases a customer, by the key of their number, from everything that was saved before an instant. */
  readonly erase: (order: {
    readonly key: string;
    readonly now: EpochMs;
    readonly before: EpochMs;
    readonly forgetsRefusal: boolean;
  }) => Promise<SiteReply<'erase'>>;
  /** How far orders to erase have got, at most fifty, by their positions in the feed. */
  readonly erasureProgress: (seqs: readonly number[]) => Promise<SiteReply<'erasure_progress'>>;
  /** The feed after a position; from 0: everything that holds. `clearedTo`: as the answer before said; 0 at first. */
  readonly pull: (after: number, clearedTo: number) => Promise<SiteReply<'pull'>>;
  /**
   * At most five hundred of each. `known`: the last change that the site database has acknowledged. `change`: the last local change that is
   * in it or was pushed before.
   */
  readonly push: (
    known: number,
    change: number,
    batch: {
      readonly sends: readonly PushedSend[];
      readonly open: readonly PushedOpen[];
      readonly ended: readonly string[];
      readonly refusals: readonly PushedRefusal[];
    },
  ) => Promise<SiteReply<'push'>>;
  readonly takeOver: (invitation: string) => Promise<SiteReply<'take_over'>>;
  readonly reportSite: () => Promise<SiteReply<'report_site'>>;
  readonly reportOrganisation: () => Promise<SiteReply<'report_org'>>;
  /** The settings that hold at every desk of the own site. */
  readonly settings: () => Promise<SiteReply<'settings'>>;
  /** Changes the staff of the own site. `begins`: shares the list where it is not shared. */
  readonly changeStaff: (
    added: readonly string[],
    removed: readonly string[],
    begins: boolean,
  ) => Promise<SiteReply<'change_staff'>>;
  /** Ends the shared list of staff. */
  readonly endSharedStaff: () => Promise<SiteReply<'end_shared_staff'>>;
  /** Renames a desk of the own site. */
  readonly renameDesk: (desk: number, name: string) => Promise<SiteReply<'rename_desk'>>;
  /** Ends the right of a desk of the own site that has been silent for ten minutes. */
  readonly removeDesk: (desk: number) => Promise<SiteReply<'remove_desk'>>;
  /** Ends the connection for good: a call that waits has no answer. */
  readonly close: () => void;
};

/** The longest sealed text that the database keeps, in bytes. */
const SEALED_MAX = 1_200;

/** How long a call may take, its connection included. The server ends it after a second and a half. */
const CALL_MS = 2 * SECOND_MS;

/** Opens the site database for a desk. Connects with the first call. */
export function openSiteDatabase(parts: {
  readonly connection: Omit<ConnectionParts, 'withinMs'>;
  readonly token: Uint8Array;
  readonly keys: SiteKeys;
  /** How many bits a hint has, as the last hello said. */
  readonly hintBits: () => number;
  readonly version: string;
  readonly clock: Pick<Clock, 'elapsedMs'>;
}): SiteDatabase {
  const { keys, clock } = parts;
  let current: SiteConnection | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const callNow = async <Name extends FunctionName>(
    name: Name,
    values: readonly unknown[],
    deadline: number,
  ): Promise<SiteReply<Name>> => {
    const leftMs = (): number => deadline - clock.elapsedMs();
    if (isClosed) return { kind: 'no-answer', fault: 'lost' };
    if (leftMs() <= 0) return { kind: 'no-answer', fault: 'timeout' };
    if (current?.isOpen() !== true) {
      const connected = await connect({ ...parts.connection, withinMs: leftMs() });
      if (connected.kind === 'failed') return { kind: 'no-answer', fault: connected.fault };
      current = connected.connection;
      if (isClosed) current.close();
    }
    return callFunction(current, name, [parts.token, ...values], Math.max(1, leftMs()));
  };

  const call = <Name extends FunctionName>(
    name: Name,
    ...values: readonly unknown[]
  ): Promise<SiteReply<Name>> => {
    const deadline = clock.elapsedMs() + CALL_MS;
    const mine = last.then(() => callNow(name, values, deadline));
    last = mine.catch(() => {}); // the caller gets it; the next call goes on
    return mine;
  };

  /** Null when it does not fit: nobody takes it over then. */
  const seal = ({ sealed, id }: PushedOpen): string | null => {
    const text = keys.seal(JSON.stringify(sealed), id);
    return text.length > SEALED_MAX ? null : text.toString('base64');
  };
  const refusalOf = ({ phone, since }: PushedRefusal) => ({
    key: keys.numberKey(phone),
    since,
    hint: keys.hint(phone, parts.hintBits()),
  });
  const withKey = <T extends { readonly phone: E164 }>({ phone, ...rest }: T) => ({
    ...rest,
    key: keys.numberKey(phone),
  });

  return {
    hello: ({ now, epoch, pushed, pulled, waiting, oldestWaitingAt }) =>
      call('hello', now, epoch, pushed, pulled, waiting, oldestWaitingAt, parts.version),
    look: (phones) => call('look', phones.map(keys.numberKey)),
    claim: ({ invitation, claim, phone, business, now, queuedAt, forced, seen, staff, looked }) =>
      call(
        'claim',
        invitation,
        claim,
        keys.numberKey(phone),
        business,
        now,
        queuedAt,
        forced,
        seen,
        staff,
        looked,
      ),
    settle: (invitation, claim, result) =>
      call(
        'settle',
        invitation,
        claim,
        result?.sentAt ?? null,
        result?.proved ?? false,
        result?.partooId ?? null,
      ),
    attributeSms: (invitation, partooIds) => call('attribute_sms', invitation, partooIds),
    turns: (purpose, count) => call('turns', purpose, count),
    pause: (ms) => call('pause', ms),
    refuse: (refusal) => {
      const { key, since, hint } = refusalOf(refusal);
      return call('refuse', key, since, hint);
    },
    refuseUndo: (phone) => call('refuse_undo', keys.numberKey(phone)),
    erase: ({ key, now, before, forgetsRefusal }) =>
      call('erase', key, now, forgetsRefusal, before),
    erasureProgress: (seqs) => call('erasure_progress', seqs),
    pull: (after, clearedTo) => call('pull', after, clearedTo),
    push: (known, change, { sends, open, ended, refusals }) =>
      call(
        'push',
        known,
        change,
        JSON.stringify(sends.map(withKey)),
        JSON.stringify(
          open.map((one) => {
            const { sealed: _sealed, ...rest } = withKey(one);
            return { ...rest, sealed: seal(one) };
          }),
        ),
        ended,
        JSON.stringify(refusals.map(refusalOf)),
      ),
    takeOver: (invitation) => call('take_over', invitation),
    reportSite: () => call('report_site'),
    reportOrganisation: () => call('report_org'),
    settings: () => call('settings'),
    changeStaff: (added, removed, begins) => call('change_staff', added, removed, begins),
    endSharedStaff: () => call('end_shared_staff'),
    renameDesk: (desk, name) => call('rename_desk', desk, name),
    removeDesk: (desk) => call('remove_desk', desk),
    close: () => {
      isClosed = true;
      current?.close();
      current = undefined;
    },
  };
}
