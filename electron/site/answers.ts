import * as z from 'zod/mini';
import { SETTING_LIMITS } from '../../shared/settings.ts';
import { DAY_MS } from '../../shared/time.ts';

// What the functions of deskbell_v1 answer. A desk may be older than the database, so unknown keys are passed over.

/** Where a desk is; its name only within the own site. */
const placeSchema = z.object({ desk: z.optional(z.string()), site: z.string() });

const is = <const Name extends string>(name: Name) => z.object({ is: z.literal(name) });
/** SECURITY: a server that lies must not stop a desk: a time that no calendar has, or one of a far year, is no answer. */
const time = z.int().check(z.gte(1), z.lte(Date.UTC(2200, 0)));
const duration = z.int().check(z.gte(0), z.lte(366 * DAY_MS));
const wait = z.object({ is: z.literal('turn'), waitMs: duration });
const clock = z.object({ is: z.literal('clock'), now: time });
const taken = z.object({ is: z.literal('taken'), where: placeSchema });
const elsewhere = z.object({ is: z.literal('elsewhere'), where: z.optional(placeSchema) });

const enrolSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('enrolled'), desk: z.int(), name: z.string(), site: z.string() }),
  is('unknown-code'),
  is('other-secret'),
]);

const helloSchema = z.object({
  is: z.literal('hello'),
  now: time,
  epoch: z.int(),
  pushed: z.int(),
  head: z.int(),
  whole: z.boolean(),
  settled: z.boolean(),
  hintBits: z.int().check(z.gte(16), z.lte(30)),
  pollMs: duration,
  windowMs: duration,
  whenApart: z.enum(['look', 'wait']),
  // SECURITY: less would delete the log that keeps the resend window.
  retentionDays: z.int().check(z.gte(SETTING_LIMITS.retentionDays.least)),
  perMinute: z.int().check(z.gte(1)),
  apartPerMinute: z.number().check(z.gte(0)),
  /** Another one after each change of a central setting. */
  settings: z.string(),
});

const knownNumberSchema = z.object({
  key: z.string(),
  refused: z.optional(z.object({ since: time, where: placeSchema })),
  sent: z.optional(
    z.object({
      at: time,
      proved: z.boolean(),
      inFlight: z.boolean(),
      invitation: z.optional(z.string()),
      staff: z.optional(z.string()),
      where: placeSchema,
    }),
  ),
  waits: z.optional(
    z.object({ since: time, where: placeSchema, isSilent: z.boolean(), silentSince: time }),
  ),
});

const lookSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('known'), numbers: z.array(knownNumberSchema) }),
  is('too-often'),
]);

const claimSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('granted'), claim: z.int() }),
  z.object({ is: z.literal('busy'), where: placeSchema }),
  z.object({
    is: z.literal('window'),
    sentAt: time,
    proved: z.boolean(),
    where: placeSchema,
  }),
  z.object({ is: z.literal('refused'), since: time }),
  is('erased'),
  taken,
  is('look'),
  wait,
  clock,
  is('too-often'),
  // The client's own word for an error that a repeat would meet again.
  is('not-accepted'),
]);

const settleSchema = z.object({ is: z.literal('kept'), known: z.boolean() });
const attributeSmsSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('attributed'), others: z.array(z.string()) }),
  is('too-often'),
]);
const turnsSchema = z.discriminatedUnion('is', [is('granted'), wait]);
const pauseSchema = is('kept');

const refuseSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('kept'), isNew: z.boolean() }),
  is('too-many'),
]);
const refuseUndoSchema = z.discriminatedUnion('is', [
  is('removed'),
  is('absent'),
  elsewhere,
  is('too-many'),
]);
const eraseSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('erased'), seq: z.int(), keepsRefusal: z.boolean() }),
  is('sending'),
  is('too-many'),
  clock,
]);

const erasureProgressSchema = z.object({
  is: z.literal('progress'),
  orders: z.array(
    z.object({ seq: z.int(), done: z.int(), desks: z.int(), missing: z.array(z.string()) }),
  ),
});

const feedEntrySchema = z.discriminatedUnion('kind', [
  z.object({ seq: z.int(), kind: z.literal('refusal'), entry: z.int(), hint: z.int() }),
  z.object({ seq: z.int(), kind: z.literal('refusal-gone'), entry: z.int() }),
  z.object({ seq: z.int(), kind: z.literal('erasure'), key: z.string(), before: time }),
]);

const pullSchema = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('feed'),
    head: z.int(),
    clearedTo: z.int(),
    entries: z.array(feedEntrySchema),
  }),
  is('start-again'),
]);

const pushSchema = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('kept'),
    erased: z.array(z.string()),
    taken: z.array(z.object({ invitation: z.string(), where: placeSchema })),
    refusalsLeft: z.array(z.string()),
    notKept: z.array(z.string()),
  }),
  is('hello'),
  is('too-often'),
]);

const takeOverSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('yours'), sealed: z.string(), queuedAt: time }),
  taken,
  is('absent'),
  elsewhere,
  is('awake'),
  is('in-doubt'),
]);

const openState = z.enum(['held', 'waiting', 'sending', 'unconfirmed', 'needs_decision']);

const reportSiteSchema = z.object({
  is: z.literal('site'),
  site: z.string(),
  head: z.int(),
  perMinute: z.int(),
  usedThisMinute: z.int(),
  pausedMs: z.int(),
  organisation: z.object({ waiting: z.int(), oldestWaitingAt: z.nullable(time) }),
  desks: z.array(
    z.object({
      desk: z.int(),
      name: z.string(),
      isThis: z.boolean(),
      version: z.string(),
      seenAt: time,
      isRevoked: z.boolean(),
      waiting: z.int(),
      oldestWaitingAt: z.nullable(time),
      clockOffMs: z.int(),
      pulled: z.int(),
      hasPushedAll: z.boolean(),
    }),
  ),
  open: z.array(
    z.object({
      invitation: z.string(),
      desk: z.int(),
      queuedAt: time,
      state: openState,
      forced: z.boolean(),
      tried: z.boolean(),
      sealed: z.nullable(z.string()),
      isTakenByThis: z.boolean(),
    }),
  ),
});

const reportOrgSchema = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('organisation'),
    sites: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        desks: z.int(),
        silent: z.int(),
        waiting: z.int(),
        oldestWaitingAt: z.nullable(time),
        lastSeenAt: z.nullable(time),
      }),
    ),
  }),
  is('not-office'),
]);

const settingsSchema = z.object({
  is: z.literal('settings'),
  version: z.string(),
  /** Not checked here: a database may be newer than the desk, and one bad value does not spoil the others. */
  values: z.record(z.string(), z.unknown()),
  /** The names of those that every desk of the site may change. */
  shared: z.array(z.string()),
});
const staffChangeSchema = z.discriminatedUnion('is', [
  is('kept'),
  is('not-shared'),
  is('fixed'),
  is('too-many'),
  is('too-many-names'),
]);
const staffEndSchema = z.discriminatedUnion('is', [is('done'), is('absent'), is('too-many')]);

const deskRenamingSchema = z.discriminatedUnion('is', [is('done'), is('absent'), is('too-many')]);
const deskRemovalSchema = z.discriminatedUnion('is', [
  is('done'),
  is('absent'),
  is('awake'),
  is('too-many'),
]);

/** What each function of deskbell_v1 answers, by its name. */
type Answers = {
  readonly enrol: z.infer<typeof enrolSchema>;
  readonly hello: z.infer<typeof helloSchema>;
  readonly look: z.infer<typeof lookSchema>;
  readonly claim: z.infer<typeof claimSchema>;
  readonly settle: z.infer<typeof settleSchema>;
  readonly attribute_sms: z.infer<typeof attributeSmsSchema>;
  readonly turns: z.infer<typeof turnsSchema>;
  readonly pause: z.infer<typeof pauseSchema>;
  readonly refuse: z.infer<typeof refuseSchema>;
  readonly refuse_undo: z.infer<typeof refuseUndoSchema>;
  readonly erase: z.infer<typeof eraseSchema>;
  readonly erasure_progress: z.infer<typeof erasureProgressSchema>;
  readonly pull: z.infer<typeof pullSchema>;
  readonly push: z.infer<typeof pushSchema>;
  readonly take_over: z.infer<typeof takeOverSchema>;
  readonly report_site: z.infer<typeof reportSiteSchema>;
  readonly report_org: z.infer<typeof reportOrgSchema>;
  readonly settings: z.infer<typeof settingsSchema>;
  readonly change_staff: z.infer<typeof staffChangeSchema>;
  readonly end_shared_staff: z.infer<typeof staffEndSchema>;
  readonly rename_desk: z.infer<typeof deskRenamingSchema>;
  readonly remove_desk: z.infer<typeof deskRemovalSchema>;
};
export type FunctionName = keyof Answers;
export type HelloAnswer = Answers['hello'];
export type AnswerOf<Name extends FunctionName> = Answers[Name];

/** Parses the answer of one function. */
export type AnswerParser<T> = {
  readonly safeParse: (
    value: unknown,
  ) => { readonly success: true; readonly data: T } | { readonly success: false };
};

/** How each answer is parsed. */
export const ANSWERS: { readonly [Name in FunctionName]: AnswerParser<Answers[Name]> } = {
  enrol: enrolSchema,
  hello: helloSchema,
  look: lookSchema,
  claim: claimSchema,
  settle: settleSchema,
  attribute_sms: attributeSmsSchema,
  turns: turnsSchema,
  pause: pauseSchema,
  refuse: refuseSchema,
  refuse_undo: refuseUndoSchema,
  erase: eraseSchema,
  erasure_progress: erasureProgressSchema,
  pull: pullSchema,
  push: pushSchema,
  take_over: takeOverSchema,
  report_site: reportSiteSchema,
  report_org: reportOrgSchema,
  settings: settingsSchema,
  change_staff: staffChangeSchema,
  end_shared_staff: staffEndSchema,
  rename_desk: deskRenamingSchema,
  remove_desk: deskRemovalSchema,
};
