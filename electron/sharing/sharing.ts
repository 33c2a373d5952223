import type { SiteStatus } from '../../shared/other-desks.ts';
import type { E164 } from '../../shared/phone/e164.ts';
import type { DatabaseAddress } from '../../shared/site-database-address.ts';
import { MINUTE_MS, SECOND_MS, type Clock, type EpochMs } from '../../shared/time.ts';
import type { DeskLookup, SitePort } from '../outbox/site-port.ts';
import type { ApiKey } from '../os/api-key.ts';
import type { SiteKeys } from '../site/site-keys.ts';
import type { Store } from '../store/store.ts';
import { claimAtSite } from './claim.ts';
import { pushErasures, type ErasureParts } from './erasures.ts';
import { createKnownNumbers } from './known-numbers.ts';
import { createPush } from './push-changes.ts';
import { settleClaims } from './settle-claims.ts';
import { createOtherDesks, type OtherDesks, type OtherDesksParts } from './other-desks.ts';
import { createSiteCalls, type OpenSiteClient } from './site-calls.ts';
import type { PullSettingsParts } from './pull-settings.ts';
import { createSharedStaff, type SharedStaff } from './shared-staff.ts';
import { createSchedule } from './schedule.ts';
import { sayHello, type Greeting } from './say-hello.ts';
import { storableId } from './shared-rows.ts';
import { readTerms, type Terms } from './terms.ts';

export type SharingParts = {
  readonly clock: Clock;
  /** Returns a number in [0, 1). */
  readonly random: () => number;
  readonly store: Store;
  readonly address: DatabaseAddress;
  /** The keychain entry of this site database. */
  readonly entry: Pick<ApiKey, 'read'>;
  readonly openClient: OpenSiteClient;
  /** The customer said no at another desk. */
  readonly onDoNotContact: (phone: E164, since: EpochMs) => void;
  /** Another desk has taken over an invitation of this one. */
  readonly onTakenOver: (id: string) => void;
  readonly erase: ErasureParts['erase'];
  readonly onSettings: PullSettingsParts['onSettings'];
  readonly onStatus: (status: SiteStatus) => void;
  readonly log: (what: 'not-kept' | 'rewound') => void;
  readonly reportBug: (error: unknown) => unknown;
};

/** What a desk shares with the others of its organisation, through the site database. */
export type Sharing = {
  readonly port: SitePort;
  /** What the other desks know about a number. */
  readonly desks: DeskLookup;
  readonly status: () => SiteStatus;
  /** What the page sees of the other desks. */
  readonly otherDesks: (parts: OtherDesksParts) => OtherDesks;
  readonly staff: SharedStaff;
  /** The rate of this desk in requests a minute; undefined before the first hello. */
  readonly requestsPerMinute: () => number | undefined;
  /** How long the organisation keeps customers' data; undefined before the first hello. */
  readonly retentionDays: () => number | undefined;
  /** Something was saved that the other desks should know. */
  readonly changed: (when: 'now' | 'soon') => void;
  /**
   * Records the order to erase a customer everywhere; it is given with the next change. Undefined: the keychain cannot be read, and
   * without its secret this desk cannot name the customer to the others.
   */
  readonly orderErasure: (erasure: {
    readonly phone: E164;
    readonly at: EpochMs;
    readonly forgetsRefusal: boolean;
  }) => Promise<{ readonly takeBack: () => void } | undefined>;
  /** A person has removed a number from the do-not-contact list of this desk. */
  readonly removedRefusal: (phone: E164) => void;
  readonly start: () => void;
  /** Stops, and waits for the call in flight. */
  readonly stop: () => Promise<void>;
};

/** How long a change may wait for further ones. */
const SOON_MS = 2 * SECOND_MS;
/** Less than the ten minutes after which its invitations can be taken over. */
const AWAY_MS = 5 * MINUTE_MS;
/** How many SMS one call asks about; one number hardly ever has as many in ten days. */
const MOST_SMS = 50;

/** Creates what a joined desk does beside sending. `start` begins it; nothing waits for it. */
export function createSharing(parts: SharingParts): Sharing {
  const { clock, store } = parts;
  let greeting: Greeting | undefined;
  /** Since when the server's clock and Partoo's differ by more than a day. */
  let clockOffSince: EpochMs | undefined;
  /** When the site database last had an answer for everything. */
  let heardAt: EpochMs | undefined;
  let claimed: string | undefined;
  let lastStatus = '';
  const terms = (): Terms | undefined => readTerms(store.readSharing()?.terms);

  const calls = createSiteCalls({
    ...parts,
    hintBits: () => terms()?.hintBits ?? 0,
    onPartner: (partner) => {
      if (store.readSharing()?.partner !== partner) store.beginSharing(partner);
    },
    onChanged: () => {
      schedule.silenceChanged();
      announce();
    },
  });
  const push = createPush({
    ...parts,
    calls,
    onErasureOrdered: () => schedule.hello(0),
    onNotKept: () => parts.log('not-kept'),
  });
  const erasureParts: ErasureParts = { ...parts, calls, now: clock.now };

  const status = (): SiteStatus => {
    const waits = terms()?.whenApart === 'wait';
    const apart = calls.apart();
    if (apart !== undefined) return { kind: 'apart', ...apart, waits };
    if (clockOffSince !== undefined)
      return { kind: 'apart', since: clockOffSince, cause: 'clock', waits };
    if (!calls.hasAnswered()) return { kind: 'connecting' };
    const sharing = store.readSharing();
    if (sharing === undefined || sharing.sharedEpoch === sharing.epoch)
      return { kind: 'connected' };
    return { kind: 'joining', ...store.countUnshared() };
  };
  const announce = (): void => {
    const now = status();
    if (JSON.stringify(now) === lastStatus) return;
    lastStatus = JSON.stringify(now);
    parts.onStatus(now);
  };

  /** Shares everything that is not shared yet; resolves to whether the site database has it all. */
  const shareChanges = async (evenEmpty = false): Promise<boolean> => {
    if ((await settleClaims({ ...parts, calls, claimedNow: () => claimed })) !== 'done')
      return false;
    let isFirst = true;
    for (;;) {
      const pushed = await push({ evenEmpty: evenEmpty && isFirst });
      isFirst = false;
      announce();
      if (pushed === 'more') continue;
      if (pushed === 'hello') schedule.hello(0);
      if (pushed !== 'done') return false;
      return (await pushErasures(erasureParts)) === 'done';
    }
  };
  const hello = async (): Promise<boolean> => {
    const keys = await calls.readKeys();
    const said = await sayHello({ ...parts, ...erasureParts }, keys);
    if (said === undefined) return false;
    greeting = said;
    clockOffSince = said.isClockOff ? (clockOffSince ?? clock.now()) : undefined;
    // Another desk may have taken invitations over while this one was off, asleep or cut off.
    const wasAway = heardAt === undefined || clock.now() - heardAt > AWAY_MS;
    if (!(await shareChanges(wasAway))) return false;
    heardAt = clock.now();
    const sharing = store.readSharing();
    if (sharing !== undefined && sharing.sharedEpoch !== sharing.epoch) {
      store.keepSharedEpoch(sharing.epoch);
      // Until the site database hears of it, every claim of every desk needs a search.
      schedule.hello(0);
    }
    announce();
    return true;
  };
  const schedule = createSchedule({
    ...parts,
    hello,
    shareChanges: async () => void (await shareChanges()),
    pollMs: () => terms()?.pollMs,
    isSilent: () => calls.silence() !== undefined,
    onApart: announce,
  });
  const isConnected = () => calls.hasAnswered() && calls.silence() === undefined;

  const port: SitePort = {
    claim: async (request) => {
      claimed = request.invitationId;
      let isGranted = false;
      try {
        const answer = await claimAtSite({ calls, store }, request);
        isGranted = answer.kind === 'granted';
        return answer;
      } finally {
        if (!isGranted) claimed = undefined;
      }
    },
    status: () => {
      if (calls.apart() === undefined && clockOffSince === undefined) return 'connected';
      return terms()?.whenApart === 'wait' ? 'apart-and-waiting' : 'apart';
    },
    attributeSms: async (invitation, partooIds) => {
      const ids = partooIds.filter((id) => storableId(id) !== null).slice(0, MOST_SMS);
      if (ids.length === 0) return 'no-answer';
      const answer = await calls.call((database) => database.attributeSms(invitation, ids));
      return answer?.is === 'attributed' ? answer.others : 'no-answer';
    },
    takeTurns: async (purpose, requests) => {
      if (!isConnected()) return 'go';
      const answer = await calls.call((database) =>
        database.turns(purpose === 'probe' ? 'send' : purpose, requests),
      );
      return answer?.is === 'turn' ? { waitMs: answer.waitMs } : 'go';
    },
    pauseAll: (forMs) => {
      if (isConnected())
        void calls.call((database) => database.pause(forMs)).catch(parts.reportBug);
    },
    mayBeRefused: (phone) => mayBeRefused(phone, calls.keys()),
    settleSoon: () => {
      claimed = undefined;
      schedule.changes(0);
    },
    onDoNotContact: parts.onDoNotContact,
  };
  const mayBeRefused = (phone: E164, keys: SiteKeys | undefined): boolean => {
    if (store.countRefusalHints() === 0) return false;
    const bits = terms()?.hintBits;
    // Without the keys nothing is known about the number.
    return keys === undefined || bits === undefined || store.hasRefusalHint(keys.hint(phone, bits));
  };

  const knownNumbers = createKnownNumbers({ calls, store, clock });
  const changed = (when: 'now' | 'soon'): void => schedule.changes(when === 'now' ? 0 : SOON_MS);

  return {
    port,
    otherDesks: (of) => createOtherDesks({ status, changed, calls }, of),
    desks: {
      recall: knownNumbers.recall,
      // A call to a server that is silent takes two seconds: nobody types so slowly.
      look: async (phones) => (isConnected() ? knownNumbers.look(phones) : 'unavailable'),
      isWhole: () => isConnected() && greeting?.isWhole === true,
    },
    status,
    staff: createSharedStaff({ ...parts, calls }),
    requestsPerMinute: () => {
      const known = terms();
      return isConnected() ? known?.perMinute : known?.apartPerMinute;
    },
    retentionDays: () => terms()?.retentionDays,
    changed,
    orderErasure: async ({ phone, at, forgetsRefusal }) => {
      const keys = await calls.readKeys();
      if (keys === undefined) return undefined;
      const takeBack = store.addErasure({ key: keys.numberKey(phone), at, forgetsRefusal });
      return { takeBack };
    },
    removedRefusal: (phone) => {
      if (store.readSharing() === undefined) return;
      store.markRemovedRefusal(phone);
      schedule.changes(0);
    },
    start: () => schedule.hello(0),
    stop: async () => {
      calls.stop();
      await schedule.stop();
      calls.close();
    },
  };
}
