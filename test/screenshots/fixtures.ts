import type { DeskSnapshot } from '../../shared/desk-snapshot.ts';
import type { Attempt } from '../../shared/attempt.ts';
import type { Invitation, Progress } from '../../shared/invitation.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import type { DeskReport, OtherDeskInvitation } from '../../shared/other-desks.ts';
import type { CallName } from '../../shared/ipc/bridge.ts';
import type { Language } from '../../shared/i18n/languages.ts';
import { e164Schema } from '../../shared/phone/e164.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';

/** Thursday 26 November 2026, 11:20 in Paris: the fixed time of every scene. */
export const NOW = Date.UTC(2026, 10, 26, 10, 20);

export const HOTEL = { id: '5409c35a97bbc544d8e2a001', name: 'Hôtel des Lilas' };
export const RESTAURANT = { id: '5409c35a97bbc544d8e2a002', name: 'Brasserie des Lilas' };

type OpenSnapshot = Extract<DeskSnapshot, { readonly kind: 'open' }>;

/** A desk that has been in use for a while: one business, no colleagues to choose from. */
export const SNAPSHOT: OpenSnapshot = {
  kind: 'open',
  mode: 'live',
  version: '1.0.0',
  language: 'en',
  systemLocale: 'en-GB',
  welcome: null,
  settings: {
    businesses: [HOTEL],
    defaultCountry: 'FR',
    undoSeconds: 10,
    requireConsent: false,
    staff: [],
    reviewLinks: { [HOTEL.id]: 'https://g.page/r/CZb4Lilas2026EBM/review' },
    forceNeedsPin: false,
  },
  remembered: { businessId: HOTEL.id, onDuty: null, messages: {} },
  clockCorrectionMs: 0,
  waiting: 0,
  gap: null,
};

/** A desk that uses everything: two businesses, colleagues, consent, a PIN to send again. */
export const BUSY_SNAPSHOT: OpenSnapshot = {
  ...SNAPSHOT,
  settings: {
    ...SNAPSHOT.settings,
    businesses: [HOTEL, RESTAURANT],
    staff: ['Léa', 'Tom', 'Zoé', 'Jean-Baptiste'],
    requireConsent: true,
    forceNeedsPin: true,
  },
  remembered: {
    businessId: HOTEL.id,
    onDuty: { name: 'Léa', since: NOW - HOUR_MS },
    messages: {},
  },
};

/** The date and number formats of these desks. */
export const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  fr: 'fr-FR',
  es: 'es-ES',
  it: 'it-IT',
  de: 'de-DE',
  pt: 'pt-PT',
};

/** The number of a fictional customer. */
const phoneOf = (nth: number) => e164Schema.parse(`+336399800${String(nth).padStart(2, '0')}`);

const idOf = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

/** The invitation of the customer with this number. */
export function invitationTo(
  nth: number,
  name: string,
  progress: Progress,
  change: Partial<Invitation> = {},
): Invitation {
  return {
    id: idOf(nth),
    businessId: HOTEL.id,
    phone: phoneOf(nth),
    name,
    content: null,
    staff: null,
    consentAt: null,
    consentBy: null,
    forceReason: null,
    queuedAt: progress.at,
    replaces: null,
    mayHaveLeft: false,
    refusalStatus: null,
    progress,
    ...change,
  };
}

const ago = (minutes: number) => NOW - minutes * MINUTE_MS;

/** All states of an outbox, in the order of its groups. */
export const OUTBOX: readonly Invitation[] = [
  invitationTo(21, 'Margaux Lefèvre', { state: 'needs_decision', at: ago(12), why: 'window' }),
  invitationTo(
    22,
    'Olivier Blanc',
    { state: 'needs_decision', at: ago(30), why: 'unproved' },
    { mayHaveLeft: true, forceReason: 'The number was wrong', staff: 'Tom' },
  ),
  invitationTo(23, '', { state: 'needs_decision', at: ago(4_400), why: 'too-old' }),
  invitationTo(
    24,
    'Anne-Sophie Vandenbroucke de la Rochefoucauld',
    { state: 'unconfirmed', at: ago(1), dueAt: NOW + MINUTE_MS },
    { mayHaveLeft: true },
  ),
  invitationTo(
    20,
    'Paul Bernard',
    { state: 'unconfirmed', at: ago(2), dueAt: NOW },
    { mayHaveLeft: true },
  ),
  invitationTo(25, 'Hugo Moreau', { state: 'sending', at: ago(1) }),
  invitationTo(26, 'Jean-Baptiste Martin-Delacroix', {
    state: 'waiting',
    at: ago(3),
    dueAt: ago(3),
  }),
  invitationTo(
    27,
    'Léa Petit',
    { state: 'waiting', at: ago(5), dueAt: NOW + 2 * MINUTE_MS },
    { mayHaveLeft: true, staff: 'Zoé' },
  ),
  invitationTo(28, 'محمد الفاسي', {
    state: 'held',
    at: ago(1),
    notBefore: NOW + 9_000,
    why: 'undo',
  }),
  invitationTo(29, 'Inês Carvalho', {
    state: 'held',
    at: ago(40),
    notBefore: NOW + 21 * HOUR_MS,
    why: 'hours',
  }),
];

const atDesk2 = { desk: 'Desk 2', queuedAt: ago(68), lastDigits: '42' } as const;

/** The waiting invitations of the other desks of the site, once for each answer to taking over. */
export const ELSEWHERE: readonly OtherDeskInvitation[] = [
  { ...atDesk2, id: idOf(71), state: 'waiting', takeOver: 'allowed' },
  { ...atDesk2, id: idOf(72), state: 'held', takeOver: 'awake', desk: 'Reception 3' },
  { ...atDesk2, id: idOf(73), state: 'unconfirmed', takeOver: 'in-doubt', lastDigits: '07' },
  { ...atDesk2, id: idOf(74), state: 'waiting', takeOver: 'unreadable', lastDigits: null },
];

const desk = {
  isThis: false,
  version: '1.0.0',
  seenAt: ago(1),
  isSilent: false,
  isRemoved: false,
  waiting: 0,
  oldestWaitingAt: null,
  clockAheadMs: 0,
  hasSharedAll: true,
};

/** The report to a manager of the office. */
export const DESK_REPORT: DeskReport = {
  site: 'Lille centre',
  desks: [
    { ...desk, id: 1, name: 'Desk 1', isThis: true },
    {
      ...desk,
      id: 2,
      name: 'Desk 2',
      seenAt: ago(75),
      isSilent: true,
      waiting: 4,
      oldestWaitingAt: ago(68),
      clockAheadMs: -6 * MINUTE_MS,
      hasSharedAll: false,
    },
    { ...desk, id: 3, name: 'RECEPTION-BACKOFFICE-PC-03', seenAt: ago(9_000), isRemoved: true },
  ],
  rate: { used: 212, perMinute: 250, pausedMs: 90_000 },
  organisation: { waiting: 1_140, oldestWaitingAt: ago(47) },
  sites: [
    {
      code: 'lille-01',
      name: 'Lille centre',
      desks: 3,
      silentDesks: 1,
      waiting: 4,
      oldestWaitingAt: ago(68),
      lastSeenAt: ago(1),
    },
    {
      code: 'lyon-02',
      name: 'Lyon Part-Dieu',
      desks: 12,
      silentDesks: 0,
      waiting: 0,
      oldestWaitingAt: null,
      lastSeenAt: null,
    },
  ],
};

const accepted = (
  minutes: number,
  delivery: 'delivered' | 'sent' | 'failed_delivery',
): Progress => ({
  state: 'accepted',
  at: ago(minutes),
  evidence: 'response',
  delivery,
});

/** Every way in which an invitation can end. */
const HISTORY: readonly Invitation[] = [
  invitationTo(41, 'Marie Dupont', accepted(9, 'sent'), { staff: 'Léa' }),
  invitationTo(42, 'Paul Bernard', accepted(26, 'delivered'), { staff: 'Léa' }),
  invitationTo(43, 'Chloé Rousseau', accepted(41, 'failed_delivery'), { staff: 'Tom' }),
  invitationTo(44, 'Sofía García Márquez', { state: 'cancelled', at: ago(55) }),
  invitationTo(
    45,
    'Hans Müller',
    {
      state: 'refused',
      at: ago(70),
      why: 'invalid',
      text: 'target_phone_number: not a valid phone number',
    },
    { refusalStatus: 400 },
  ),
  invitationTo(46, '', { state: 'refused', at: ago(95), why: 'unclear', text: '' }),
  invitationTo(47, 'Luca Rossi', { state: 'maybe_sent', at: ago(1_500) }, { staff: 'Zoé' }),
  invitationTo(48, 'Éric Leroy', { state: 'expired', at: ago(3_000) }),
  invitationTo(49, 'Inès Faure', accepted(3_100, 'delivered'), {
    staff: 'Léa',
    forceReason: 'The customer asked for it',
  }),
  invitationTo(50, 'Tom Silva', {
    state: 'accepted',
    at: ago(4_500),
    evidence: 'search',
    delivery: 'delivered',
  }),
];

const ATTEMPTS: readonly Attempt[] = [
  {
    nth: 1,
    startedAt: ago(31),
    end: { endedAt: ago(31), outcome: { kind: 'not-sent', cause: 'dns' } },
  },
  {
    nth: 2,
    startedAt: ago(28),
    end: { endedAt: ago(28), outcome: { kind: 'later', pauseMs: 60_000 } },
  },
  {
    nth: 3,
    startedAt: ago(26),
    end: { endedAt: ago(26), outcome: { kind: 'accepted', partooId: 'p-42' } },
  },
];

const TALLIES = Array.from({ length: 30 }, (_, at) => ({
  accepted: (at * 7) % 13 === 0 ? 0 : 6 + ((at * 5) % 11),
  delivered: 5,
  notDelivered: at % 9 === 0 ? 1 : 0,
}));

export const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  ...SNAPSHOT.settings,
  staff: ['Léa', 'Tom', 'Zoé'],
};

/** What Settings read on a desk without a PIN. */
export const OFFICE: Output<'settings.read'> = {
  settings: SETTINGS,
  locked: [],
  central: [],
  unusable: [],
  staff: 'alone',
  configFile: null,
  key: 'stored',
  pin: { kind: 'none' },
};

const [DELIVERED] = HISTORY;

/** The replies of a desk in use to every call that returns more than "done". */
export const FURNISHED: { readonly [N in CallName]?: Output<N> } = {
  'app.read': SNAPSHOT,
  'connection.read': { kind: 'online' },
  'verdict.checkWithPartoo': { kind: 'not-asked' },
  'verdict.prefetch': [],
  'verdict.check': {
    ruling: { kind: 'never' },
    otherName: null,
    waitsUntil: null,
    refusedAt: null,
    waitsElsewhere: null,
    waitsFor: null,
    knownSince: null,
  },
  'formDraft.load': { form: null },
  'prefill.take': null,
  'systemSettings.readStatus': { hotKey: 'off', autostart: 'off' },
  'outbox.list': [],
  'otherDesks.readStatus': { kind: 'alone' },
  'otherDesks.listOpen': { kind: 'unavailable' },
  'desks.readReport': null,
  'desks.readErasures': [],
  'history.list': { invitations: HISTORY, next: null },
  'history.dailyCounts': {
    tallies: [...TALLIES.slice(1), { accepted: 14, delivered: 12, notDelivered: 1 }],
    waiting: 1,
  },
  'invitation.attempts': {
    invitation: DELIVERED ?? invitationTo(1, '', accepted(1, 'sent')),
    attempts: ATTEMPTS,
  },
  'settings.read': OFFICE,
  'settings.save': SETTINGS,
  'holidays.regions': {
    regions: [
      { code: '57', name: 'Moselle' },
      { code: '6AE', name: 'Collectivité européenne d’Alsace' },
    ],
  },
  'backup.list': {
    backups: [
      { name: 'a', takenAt: NOW - 7 * HOUR_MS, why: 'daily', invitations: 1_284 },
      { name: 'b', takenAt: NOW - DAY_MS - 7 * HOUR_MS, why: 'daily', invitations: 1_271 },
      { name: 'c', takenAt: NOW - 2 * DAY_MS, why: 'before-restore', invitations: 1_260 },
    ],
  },
  'doNotContact.list': {
    entries: [61, 62, 63].map((nth) => ({
      phone: phoneOf(nth),
      since: NOW - nth * HOUR_MS,
      staff: nth === 62 ? null : 'Léa',
    })),
    next: null,
    count: 3,
    elsewhere: 0,
  },
  'app.retryStart': SNAPSHOT,
};
