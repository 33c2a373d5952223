import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { instantSchema } from '../../shared/invitation.ts';
import { welcomeProgressSchema, type WelcomeProgress } from '../../shared/welcome.ts';
import type { OutboxStore } from '../outbox/store-port.ts';
import { type AttemptVerbs, createAttempts } from './tables/attempts.ts';
import { type OnBadRow, onceEach } from './rows/bad-row.ts';
import { type PreservedDataVerbs, createPreservedData } from './restore/preserved-data.ts';
import { type CarryOverVerbs, createCarryOver } from './restore/carry-over-invitations.ts';
import { createDeliveries } from './tables/deliveries.ts';
import { createDoNotContact, type DoNotContactVerbs } from './tables/do-not-contact.ts';
import { createErasures, type ErasureVerbs } from './erasure/erase-customer.ts';
import { createListColumns, type ListColumnVerbs } from './tables/list-columns.ts';
import { createSearchableNames, type SearchableNameVerbs } from './history/searchable-names.ts';
import { createHistory, type HistoryVerbs } from './history/history.ts';
import { createRealUse, type RealUseVerbs } from './tables/real-use.ts';
import { createInvitations } from './tables/invitations.ts';
import { createLastSends } from './tables/last-sends.ts';
import { createPin, type PinVerbs } from './tables/manager-pin.ts';
import { createStateChanges } from './tables/state-changes.ts';
import { createDataGap, type DataGapVerbs } from './tables/data-gap.ts';
import { createDatabaseIdentity, type DatabaseIdentityVerbs } from './tables/database-identity.ts';
import { createPauseRecord } from './tables/partoo-pause.ts';
import { createLastChoices, type LastChoiceVerbs } from './tables/last-choices.ts';
import { createSiteClaims, type SiteClaimVerbs } from './tables/site-claims.ts';
import { createSiteFeed, type SiteFeedVerbs } from './tables/site-feed.ts';
import { createSiteSharing, type SiteSharingVerbs } from './tables/site-sharing.ts';
import { createReplacedStates, type ReplacedStateVerbs } from './restore/replaced-states.ts';
import { createRowReader } from './rows/row-mapping.ts';
import { createSettings, type SettingVerbs } from './tables/settings.ts';
import { createStatementCache } from './statement-cache.ts';
import { createDailyCounts, type DailyCountVerbs } from './tables/daily-counts.ts';

/**
 * All data that Deskbell stores on this PC. Synchronous and durable: when a write returns, the change survives a power
 * cut; when it throws, nothing was changed. `classifyStorageError` distinguishes storage trouble from bugs.
 */
export type Store = OutboxStore &
  HistoryVerbs &
  DailyCountVerbs &
  SearchableNameVerbs &
  ErasureVerbs &
  PreservedDataVerbs &
  ReplacedStateVerbs &
  CarryOverVerbs &
  SettingVerbs &
  DoNotContactVerbs &
  ListColumnVerbs &
  PinVerbs &
  DatabaseIdentityVerbs &
  DataGapVerbs &
  RealUseVerbs &
  LastChoiceVerbs &
  SiteSharingVerbs &
  SiteClaimVerbs &
  SiteFeedVerbs &
  Pick<AttemptVerbs, 'listAttempts'> & {
    /** Created with the database: two files with the same id are copies of each other. */
    readonly databaseId: string;
    /**
     * Copies the database into this file while it is in use, a few pages at a time. Rejects when it is closed or
     * aborted in between.
     */
    readonly copyTo: (path: string, signal?: AbortSignal) => Promise<void>;
    /** Row counts: invitations by state, and do-not-contact numbers. Each count reads one index. */
    readonly countAll: () => Readonly<Record<string, number>>;
    readonly countInvitations: () => number;
    /** The progress of the first start; undefined before it begins. */
    readonly readWelcome: () => WelcomeProgress | undefined;
    readonly keepWelcome: (progress: WelcomeProgress) => void;
    /** Writes the journal back into the file and closes it. No call works afterwards. */
    readonly close: () => void;
  };

/** 2 MiB: some 4 ms, too short to delay a key press noticeably. */
const PAGES_AT_ONCE = 512;

const countsSchema = z.array(z.tuple([z.string(), z.int()]));
const welcomeSchema = z.nullable(welcomeProgressSchema);
const highestSchema = z.nullable(instantSchema);

/** Creates the store over an open, migrated database. */
export function createStore(db: Database.Database, parts: { readonly onBadRow: OnBadRow }): Store {
  const onBadRow = onceEach(parts.onBadRow);
  const statement = createStatementCache(db);
  const rows = createRowReader(onBadRow);
  const attempts = createAttempts(statement, onBadRow);
  const lastSends = createLastSends(statement);
  const dataGap = createDataGap(db, statement);
  return {
    ...createInvitations({ db, statement, rows, lastSends }),
    ...createStateChanges({ db, statement, rows, attempts }),
    ...createDeliveries(statement, rows),
    ...createHistory(statement, rows),
    ...createDailyCounts(statement),
    ...createSearchableNames(db, statement),
    ...createErasures({ db, statement }),
    ...createPreservedData(db, statement),
    ...createReplacedStates(db, statement),
    ...createCarryOver(db, statement),
    ...createDoNotContact(db, statement),
    ...createListColumns(statement),
    ...createPin(statement),
    ...createDatabaseIdentity(statement),
    ...dataGap,
    ...createRealUse(statement),
    ...createPauseRecord(statement),
    ...createSettings({ db, statement, onBadRow }),
    ...createLastChoices(statement, onBadRow),
    ...createSiteSharing(db, statement, rows),
    ...createSiteClaims(db, statement, rows),
    ...createSiteFeed(db, statement),
    listAttempts: attempts.listAttempts,
    databaseId: z.string().parse(statement('SELECT database_id FROM meta').pluck().get()),
    readKnownSince: () => {
      // The time before a gap that the gap does not cover is unknown too.
      const known = [lastSends.readKnownSince(), dataGap.readGap()?.to].filter(
        (at) => at !== undefined,
      );
      return known.length === 0 ? undefined : Math.max(...known);
    },
    readHighestInstant: () =>
      highestSchema.parse(statement('SELECT highest_instant FROM meta').pluck().get()) ?? undefined,
    keepHighestInstant: (at) => {
      statement('UPDATE meta SET highest_instant = :at').run({ at });
    },
    copyTo: async (path, signal) => {
      const progress = (): number => {
        signal?.throwIfAborted();
        return PAGES_AT_ONCE;
      };
      await db.backup(path, { progress });
    },
    countAll: () => {
      const states = statement('SELECT state, count(*) FROM invitation GROUP BY state').raw().all();
      const list = statement('SELECT count(*) FROM do_not_contact').pluck().get();
      return {
        ...Object.fromEntries(countsSchema.parse(states)),
        doNotContact: z.int().parse(list),
      };
    },
    countInvitations: () =>
      z.int().parse(statement('SELECT count(*) FROM invitation').pluck().get()),
    readWelcome: () =>
      welcomeSchema.parse(statement('SELECT welcome FROM meta').pluck().get()) ?? undefined,
    keepWelcome: (progress) => {
      statement('UPDATE meta SET welcome = :progress').run({ progress });
    },
    close: () => {
      db.close();
    },
  };
}
