import * as z from 'zod/mini';
import type {
  DeskReport,
  ErasureProgress,
  OtherDeskInvitation,
  OtherDeskList,
  SiteStatus,
} from '../../shared/other-desks.ts';
import type { InvitationDraft } from '../../shared/invitation-draft.ts';
import { instantSchema, type Invitation } from '../../shared/invitation.ts';
import { e164Schema } from '../../shared/phone/e164.ts';
import type { Settings } from '../../shared/settings.ts';
import { MINUTE_MS, type Clock, type EpochMs } from '../../shared/time.ts';
import type { Verdict } from '../../shared/verdict.ts';
import type { Enqueued, GivenConsent, VerdictQuestion } from '../outbox/enqueue.ts';
import { isAllowed } from '../outbox/rules/verdict.ts';
import type { AnswerOf } from '../site/answers.ts';
import type { SealedInvitation } from '../site/site-database.ts';
import type { Store } from '../store/store.ts';
import { jsonColumn } from '../store/rows/json-column.ts';
import { readErasures, type ErasureStore } from './erasures.ts';
import type { SiteCalls } from './site-calls.ts';

/** A desk that has not been seen for so long is silent: another one may take over. The site database decides by its own clock. */
const SILENT_AFTER_MS = 10 * MINUTE_MS;

/** What became of taking over an invitation of another desk. */
export type TakenOver =
  | { readonly kind: 'taken-over'; readonly invitation: Invitation }
  /** The verdict on the number forbids it here. */
  | { readonly kind: 'not-allowed'; readonly verdict: Verdict }
  /** It has ended, or another desk has taken it over. */
  | { readonly kind: 'too-late' }
  | {
      readonly kind: 'refused';
      readonly why: 'awake' | 'in-doubt' | 'unreadable' | 'unavailable' | 'consent' | 'business';
    };

/** What became of renaming or removing a desk. `unavailable`: there was no answer, and it may have been done. */
export type DeskChange = 'done' | 'absent' | 'awake' | 'too-many' | 'unavailable';

/** The other desks of the organisation, as the page sees them. */
export type OtherDesks = {
  readonly status: () => SiteStatus;
  /** The invitations that wait at the other desks of this site. */
  readonly listOpen: () => Promise<OtherDeskList>;
  /** Makes an invitation of a silent desk of this site one of this desk. */
  readonly takeOver: (id: string) => Promise<TakenOver>;
  /** Undefined when the site database cannot be asked now. */
  readonly readReport: () => Promise<DeskReport | undefined>;
  /** How far the erasures that this desk has ordered have got; without those that are done at every desk. */
  readonly readErasures: () => Promise<readonly ErasureProgress[]>;
  /** Renames a desk of this site, this one too. */
  readonly renameDesk: (id: number, name: string) => Promise<DeskChange>;
  /** Ends the right of a silent desk of this site. Its invitations can then be taken over. */
  readonly removeDesk: (id: number) => Promise<DeskChange>;
};

export type OtherDesksParts = {
  readonly store: Pick<Store, 'findByToken' | 'markInvitation'> & ErasureStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly settings: () => Pick<Settings, 'requireConsent' | 'businesses'>;
  readonly checkVerdict: (question: VerdictQuestion) => Verdict;
  readonly save: (draft: InvitationDraft, given: GivenConsent) => Enqueued;
};

type Report = AnswerOf<'report_site'>;
type OpenThere = Report['open'][number];

const sealedSchema = z.pipe(
  jsonColumn,
  z.object({
    phone: e164Schema,
    name: z.string(),
    businessId: z.string(),
    content: z.nullable(z.string()),
    consentAt: z.nullable(instantSchema),
    consentBy: z.nullable(z.string()),
  }),
);

/** Creates what the page sees of the other desks, and the taking over of their invitations. */
export function createOtherDesks(
  sharing: {
    readonly status: () => SiteStatus;
    readonly changed: (when: 'now' | 'soon') => void;
    readonly calls: Pick<SiteCalls, 'call' | 'keys'>;
  },
  parts: OtherDesksParts,
): OtherDesks {
  const { store, clock } = parts;
  const { calls } = sharing;

  let reading: Promise<Report | undefined> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  /** Reads the report of the site; one call at a time, so that a page that asks faster does not hold a claim up. */
  const readSite = (): Promise<Report | undefined> =>
    (reading ??= calls
      .call((database) => database.reportSite())
      .finally(() => {
        reading = undefined;
      }));
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => {}); // the caller gets it; the next one goes on
    return mine;
  };

  const unseal = ({ sealed, invitation }: OpenThere): SealedInvitation | undefined => {
    const bytes = sealed === null ? undefined : Buffer.from(sealed, 'base64');
    const text = bytes && calls.keys()?.open(bytes, invitation);
    const parsed = text === undefined ? undefined : sealedSchema.safeParse(text);
    return parsed?.success === true ? parsed.data : undefined;
  };
  const obstacle = (there: OpenThere, report: Report): OtherDeskInvitation['takeOver'] => {
    if (there.isTakenByThis) return 'allowed';
    const mayBeSent = there.forced || there.tried || there.sealed === null;
    if (mayBeSent || (there.state !== 'held' && there.state !== 'waiting')) return 'in-doubt';
    if (unseal(there) === undefined) return 'unreadable';
    const desk = report.desks.find(({ desk: id }) => id === there.desk);
    const isAwake = desk !== undefined && !isSilent(desk, clock.now());
    return isAwake && !desk.isRevoked ? 'awake' : 'allowed';
  };

  const takeOver = async (id: string): Promise<TakenOver> => {
    const saved = store.findByToken(id);
    if (saved !== undefined)
      return finish(id, { kind: 'saved', invitation: saved.invitation, ended: null });
    const report = await readSite();
    if (report === undefined) return { kind: 'refused', why: 'unavailable' };
    const there = report.open.find(({ invitation }) => invitation === id);
    if (there === undefined) return { kind: 'too-late' };
    const sealed = unseal(there);
    if (sealed === undefined) return { kind: 'refused', why: 'unreadable' };
    const { phone, name, businessId, content, consentAt, consentBy } = sealed;
    const { requireConsent, businesses } = parts.settings();
    if (!businesses.some((business) => business.id === businessId))
      return { kind: 'refused', why: 'business' };
    const verdict = parts.checkVerdict({ phone, name, businessId, replaces: null });
    if (!isAllowed(verdict.ruling)) return { kind: 'not-allowed', verdict };
    if (requireConsent && consentAt === null) return { kind: 'refused', why: 'consent' };
    const answer = await calls.call((database) => database.takeOver(id));
    if (answer === undefined) return { kind: 'refused', why: 'unavailable' };
    switch (answer.is) {
      case 'awake':
      case 'in-doubt':
        return { kind: 'refused', why: answer.is };
      case 'taken':
      case 'absent':
      case 'elsewhere':
        return { kind: 'too-late' };
      case 'yours': {
        // The invitation's id is the token: a second press, or one after a crash, saves it once.
        const draft = { token: id, phone, name, businessId, staff: null, message: null };
        const whole = { ...draft, consented: consentAt !== null, force: null, replaces: null };
        return finish(id, parts.save(whole, { content, consentAt, consentBy }));
      }
      default:
        return answer satisfies never;
    }
  };
  const finish = (id: string, enqueued: Enqueued): TakenOver => {
    switch (enqueued.kind) {
      case 'saved':
        store.markInvitation(id);
        sharing.changed('now');
        return { kind: 'taken-over', invitation: enqueued.invitation };
      case 'not-allowed':
        return enqueued;
      case 'consent':
        return { kind: 'refused', why: 'consent' };
      case 'unknown-business':
        return { kind: 'refused', why: 'business' };
      case 'ticket':
      case 'message':
        throw new Error(`an invitation that is taken over has no ${enqueued.kind}`);
      default:
        return enqueued satisfies never;
    }
  };

  return {
    status: sharing.status,
    listOpen: async (): Promise<OtherDeskList> => {
      const report = await readSite();
      if (report === undefined) return { kind: 'unavailable' };
      const names = new Map(report.desks.map(({ desk, name }) => [desk, name]));
      return {
        kind: 'listed',
        invitations: report.open.map((there) => ({
          id: there.invitation,
          desk: names.get(there.desk) ?? '',
          queuedAt: there.queuedAt,
          state: there.state,
          lastDigits: unseal(there)?.phone.slice(-2) ?? null,
          takeOver: obstacle(there, report),
        })),
      };
    },
    takeOver: (id) => inTurn(() => takeOver(id)),
    readReport: () =>
      inTurn(async () => {
        const site = await readSite();
        if (site === undefined) return undefined;
        const organisation = await calls.call((database) => database.reportOrganisation());
        return describeReport(site, organisation, clock.now());
      }),
    readErasures: () =>
      inTurn(() => readErasures({ calls, store }, () => isReached(sharing.status()))),
    renameDesk: (id, name) =>
      inTurn(async () => {
        const answer = await calls.call((database) => database.renameDesk(id, name));
        return answer?.is ?? 'unavailable';
      }),
    removeDesk: (id) =>
      inTurn(async () => {
        const answer = await calls.call((database) => database.removeDesk(id));
        return answer?.is ?? 'unavailable';
      }),
  };
}

const isReached = ({ kind }: SiteStatus): boolean => kind !== 'apart' && kind !== 'connecting';

function isSilent({ seenAt }: Report['desks'][number], now: EpochMs): boolean {
  return now - seenAt >= SILENT_AFTER_MS;
}

function describeReport(
  site: Report,
  all: AnswerOf<'report_org'> | undefined,
  now: EpochMs,
): DeskReport {
  return {
    site: site.site,
    desks: site.desks.map((desk) => ({
      id: desk.desk,
      name: desk.name,
      isThis: desk.isThis,
      version: desk.version,
      seenAt: desk.seenAt,
      isSilent: isSilent(desk, now),
      isRemoved: desk.isRevoked,
      waiting: desk.waiting,
      oldestWaitingAt: desk.oldestWaitingAt,
      clockAheadMs: desk.clockOffMs,
      hasSharedAll: desk.hasPushedAll,
    })),
    rate: { used: site.usedThisMinute, perMinute: site.perMinute, pausedMs: site.pausedMs },
    organisation: site.organisation,
    sites:
      all?.is === 'organisation'
        ? all.sites.map(({ silent, ...rest }) => ({ ...rest, silentDesks: silent }))
        : null,
  };
}
