import { randomUUID } from 'node:crypto';
import { MINUTE_MS } from '../../shared/time.ts';
import type { EpochMs } from '../../shared/time.ts';
import { handleRoute, tooManyRequests } from './routes.ts';
import type { PracticeCall, PracticeReply } from './routes.ts';
import { DEFAULT_RULES } from './rules.ts';
import type { PracticeRules } from './rules.ts';
import { PRACTICE_BUSINESSES, seedState } from './seed-data.ts';
import { parseState, withInvitation, withoutPhone } from './state.ts';
import type { PracticeInvitation, PracticeStateFile } from './state.ts';

/** One SMS that the simulator would have sent. */
export type PracticeSms = {
  readonly at: EpochMs;
  readonly phone: string;
  readonly name: string;
  readonly businessId: string;
  readonly forced: boolean;
  /** The text as sent; null means the template of the key's user. */
  readonly content: string | null;
};

/** An SMS that another desk, or Partoo's own application, sends. */
export type ElsewhereSms = {
  readonly phone: string;
  readonly businessId: string;
  readonly name: string;
  readonly by: string;
  /** Another user of the organisation; default: the user of the key. */
  readonly byId?: string;
  /** Send time; default: now. */
  readonly sentAt?: EpochMs;
};

/** The simulated Partoo, without the network. */
export type FakePartoo = {
  readonly answer: (call: PracticeCall) => PracticeReply;
  readonly sendFromElsewhere: (sms: ElsewhereSms) => void;
  readonly sms: () => readonly PracticeSms[];
  /** Erases a number from the state, in memory and in the file. */
  readonly forget: (phone: string) => void;
};

/** Creates a simulated Partoo with a state; `memory` may hold the state of an earlier run. */
export const createFakePartoo = (parts: {
  readonly key: string;
  readonly now: () => EpochMs;
  readonly memory: PracticeStateFile | undefined;
  readonly rules: Partial<PracticeRules>;
}): FakePartoo => {
  const rules = { ...DEFAULT_RULES, businesses: PRACTICE_BUSINESSES, ...parts.rules };
  let state = parseState(parts.memory?.load()) ?? seedState(parts.now());
  let recent: readonly EpochMs[] = [];
  const sms: PracticeSms[] = [];

  const remember = (invitation: PracticeInvitation): void => {
    state = withInvitation(state, invitation);
    parts.memory?.save(state);
  };

  return {
    answer: (call) => {
      const now = parts.now();
      recent = [...recent.filter((at) => now - at < MINUTE_MS), now];
      if (recent.length > rules.requestsPerMinute) return tooManyRequests;
      const reply = handleRoute(call, { state, rules, key: parts.key, now, nextId: randomUUID() });
      if (reply.sent !== undefined) {
        const { phone, name, businessId, sentAt: at, forced } = reply.sent;
        sms.push({ at, phone, name, businessId, forced, content: reply.content ?? null });
        remember(reply.sent);
      }
      return reply;
    },
    sendFromElsewhere: (elsewhere) =>
      remember({ sentAt: parts.now(), ...elsewhere, id: randomUUID(), forced: false }),
    sms: () => [...sms],
    forget: (phone) => {
      state = withoutPhone(state, phone);
      parts.memory?.save(state);
    },
  };
};
