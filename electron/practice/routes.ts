import * as z from 'zod/mini';
import { parsePhone } from '../../shared/phone/phone.ts';
import { SECOND_MS } from '../../shared/time.ts';
import type { EpochMs } from '../../shared/time.ts';
import { isPracticePath } from './paths.ts';
import {
  deliveryOf,
  isCoolingDown,
  isDated,
  isQuotaUsedUp,
  withoutUnicode,
  writeSentTime,
} from './rules.ts';
import type { PracticeRules } from './rules.ts';
import type { PracticeInvitation, PracticeState } from './state.ts';

/** One request for the rules: fully read, not yet validated. */
export type PracticeCall = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly key: string | undefined;
  readonly contentType: string;
  readonly body: string;
};

export type PracticeReply = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Set when an SMS is sent. */
  readonly sent?: PracticeInvitation;
  /** The text of that SMS as sent; null means the template of the key's user. */
  readonly content?: string | null;
};

type PracticeWorld = {
  readonly state: PracticeState;
  readonly rules: PracticeRules;
  readonly key: string;
  readonly now: EpochMs;
  /** The id of the next invitation. */
  readonly nextId: string;
};

/** Returns Partoo's answer to a call, as its documents describe it. Pure: `sent` is what the caller must save. */
export const handleRoute = (call: PracticeCall, world: PracticeWorld): PracticeReply => {
  if (call.key !== world.key) {
    return { status: 401, body: { errors: { authentication: 'User not authenticated' } } };
  }
  if (!isPracticePath(call.path)) return notFound;
  if (world.rules.forbids.includes(call.path)) return forbidden;
  const method = call.path === '/review_booster/send_invitation' ? 'POST' : 'GET';
  if (call.method !== method) return refusal(405, 'Method not allowed');
  switch (call.path) {
    case '/review_booster/send_invitation':
      return answerSend(call, world);
    case '/review_booster/search-invitation':
      return answerSearch(call.query, world);
    case '/review_booster/invitation_status':
      return answerStatus(call.query, world);
    case '/business/search':
      return answerBusinesses(call.query, world);
    case '/user/me':
      return { status: 200, body: me };
  }
};

/** The documented answer at Partoo's rate limit for a whole organisation. */
export const tooManyRequests: PracticeReply = {
  status: 429,
  headers: { 'retry-after': '60' },
  body: { errors: { json: 'Too many requests' } },
};

const refusal = (status: number, json: string | Record<string, string[]>): PracticeReply => ({
  status,
  body: { errors: { json } },
});
const notFound = refusal(404, 'Resource not found');
const forbidden: PracticeReply = {
  status: 403,
  body: { errors: { authorization: 'Operation not allowed' } },
};

const me = {
  id: '77',
  org_id: 7,
  first_name: 'Practice',
  last_name: 'Desk',
  lang: 'en',
  role: 'ORG_MANAGER',
};

/** Rejects undocumented fields, so that a misspelt one cannot go unnoticed. */
const sendSchema = z.strictObject({
  business_id: z.string().check(z.minLength(1)),
  target_phone: z
    .string()
    .check(z.regex(/^\+[1-9]\d{6,14}$/, 'Not a phone number with its country calling code')),
  target_name: z.optional(z.string().check(z.maxLength(255))),
  template_id: z.optional(z.int()),
  invite_content: z.optional(
    z.string().check(
      z.refine((text) => text.includes('@link'), '@link must be included'),
      z.refine((text) => [...text].length <= 286, 'Longer than 286 characters'),
    ),
  ),
  force: z.optional(z.enum(['True', 'False'])),
});

const answerSend = (call: PracticeCall, world: PracticeWorld): PracticeReply => {
  if (!/^application\/json\s*(?:;|$)/i.test(call.contentType)) {
    return refusal(415, 'Unsupported media type. Please use application/json');
  }
  const request = sendSchema.safeParse(parseJson(call.body));
  if (!request.success) return refusal(400, fieldErrors(request.error.issues));
  const {
    business_id: businessId,
    target_phone: phone,
    target_name: name = '',
    invite_content: content,
    template_id: template,
    force = 'False',
  } = request.data;
  if (content !== undefined && template !== undefined) {
    return refusal(400, { invite_content: ['Cannot be combined with template_id'] });
  }
  const { state, rules, now, nextId: id } = world;
  const business = rules.businesses.find((known) => known.id === businessId);
  if (business === undefined) return notFound;
  if (business.access === 'none') return forbidden;
  if (isQuotaUsedUp(state, rules, now)) return refusal(400, { quota: ['No SMS left this month'] });
  if (force === 'False' && isCoolingDown(state, rules, { phone, businessId }, now)) {
    return refusal(400, { target_phone: ['An SMS was sent to it less than 10 days ago'] });
  }
  return {
    status: 200,
    body: { invitation_id: id, status: 'success' },
    content: content === undefined ? null : withoutUnicode(content, rules.removes),
    sent: {
      id,
      businessId,
      phone,
      name,
      by: 'Practice Desk',
      sentAt: now,
      forced: force === 'True',
    },
  };
};

const answerSearch = (query: URLSearchParams, world: PracticeWorld): PracticeReply => {
  const businessId = query.get('business_id');
  const phone = query.get('target_phone');
  if (businessId === null || phone === null) {
    return refusal(400, { business_id: ['Required'], target_phone: ['Required'] });
  }
  const after = Number(query.get('after') ?? 0) * SECOND_MS;
  if (Number.isNaN(after)) return refusal(400, { after: ['Not a Unix timestamp'] });
  const { state, rules, now } = world;
  const business = rules.businesses.find((known) => known.id === businessId);
  if (business?.access === 'none' && rules.foreignSearch === 'forbidden') return forbidden;
  const found = state.invitations.filter(
    (sent) =>
      sent.businessId === businessId &&
      isFoundAs(sent.phone, phone, rules.matches) &&
      sent.sentAt >= after &&
      now - sent.sentAt >= rules.searchLagMs,
  );
  return paged('review_invitations', query, found.toReversed(), (sent) => ({
    id: sent.id,
    user_id: sent.byId ?? me.id,
    user_name: sent.by,
    sent_time: isDated(sent, rules, now) ? writeSentTime(sent.sentAt, rules.offsets) : null,
  }));
};

/** Whether a stored number matches a search for `asked`. */
const isFoundAs = (phone: string, asked: string, matches: PracticeRules['matches']): boolean => {
  if (asked === phone) return matches !== 'national';
  if (matches === 'e164' || asked.startsWith('+')) return false;
  const stored = parsePhone(phone, 'FR');
  if (stored.kind !== 'complete' || stored.country === undefined) return false;
  const dialled = parsePhone(asked, stored.country);
  return dialled.kind === 'complete' && dialled.e164 === phone;
};

const answerStatus = (
  query: URLSearchParams,
  { state, rules, now }: PracticeWorld,
): PracticeReply => {
  const id = query.get('invitation_id');
  const invitation = state.invitations.find((sent) => sent.id === id);
  return invitation === undefined
    ? notFound
    : { status: 200, body: { invitation_id: id, status: deliveryOf(invitation, rules, now) } };
};

const answerBusinesses = (query: URLSearchParams, { rules }: PracticeWorld): PracticeReply => {
  const text = (query.get('query') ?? '').toLowerCase();
  const found = rules.businesses.filter(
    ({ access, name, city }) =>
      access === 'write' && `${name} ${city}`.toLowerCase().includes(text),
  );
  return paged('businesses', query, found, ({ id, name, city, googleLocationId }) => ({
    id,
    name,
    city,
    country: 'FR',
    status: 'open',
    features: ['review_invite'],
    subscriptions: { review_booster: { active: true } },
    ...(googleLocationId === undefined ? {} : { google_location_id: googleLocationId }),
  }));
};

const PAGE_SIZE = 30;

const paged = <T>(
  items: string,
  query: URLSearchParams,
  all: readonly T[],
  write: (item: T) => unknown,
): PracticeReply => {
  const page = Number(query.get('page') ?? 1);
  if (!Number.isInteger(page) || page < 1) return refusal(400, { page: ['Not a page'] });
  return {
    status: 200,
    body: {
      page,
      max_page: Math.max(1, Math.ceil(all.length / PAGE_SIZE)),
      count: all.length,
      [items]: all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map(write),
    },
  };
};

const fieldErrors = (issues: readonly z.core.$ZodIssue[]): Record<string, string[]> => {
  const errors: Record<string, string[]> = {};
  for (const issue of issues) {
    const fields =
      issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0] ?? 'body')];
    for (const field of fields) (errors[field] ??= []).push(issue.message);
  }
  return errors;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
