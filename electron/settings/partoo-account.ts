import { checkBusinesses } from './check-businesses.ts';
import type { Mode } from '../app/choose-mode.ts';
import type { ApiKey, KeyWriting } from '../os/api-key.ts';
import type { PartooPauseParts } from '../outbox/partoo-pause.ts';
import type { ApiError, Partoo } from '../outbox/partoo-port.ts';
import { withSavedPause, type PausableRequests } from '../outbox/pausable-requests.ts';
import { busyFor, withRateLimit, type SettingsRequests } from '../outbox/settings-requests.ts';
import type { RateLimiter } from '../outbox/rate-limiter.ts';
import { unreachable } from '../outbox/rules/connection-state.ts';
import { parseApiKey } from '../../shared/api-key.ts';
import type { Input, Output, Reply } from '../../shared/ipc/contract.ts';
import type { KeyTest } from '../../shared/key-test.ts';
import type { Business, Settings } from '../../shared/settings.ts';
import { SECOND_MS, type Clock } from '../../shared/time.ts';
import { createOneAtATime } from '../../shared/one-at-a-time.ts';

export type PartooAccountParts = {
  readonly apiKey: ApiKey;
  readonly settings: () => Settings;
  readonly mode: Mode;
  /** The requests of the desk session, to its own vendor. */
  readonly requests: PausableRequests;
  /** The rate limiter of the real Partoo, also in practice. */
  readonly rateLimiter: RateLimiter;
  /** Stores the pause of the real Partoo, also in practice. */
  readonly pauses: PartooPauseParts['store'];
  readonly clock: Clock;
  readonly confirmKey: (host: string, change: 'replace' | 'remove') => Promise<'yes' | 'no'>;
  readonly openPartoo: (way: {
    readonly apiUrl: string;
    readonly readKey: ApiKey['read'];
  }) => Partoo;
  /** Reopens the desk session: the key may have changed its mode. */
  readonly reopen: () => Promise<void>;
  /** Called when a person has removed the key from the keychain. */
  readonly onKeyRemoved: () => void;
};

/** The API key, and what Partoo says about it and its businesses. */
export type PartooAccount = {
  readonly searchBusinesses: (
    query: Input<'businesses.search'>,
  ) => Promise<Reply<'businesses.search'>>;
  readonly saveKey: (text: string) => Promise<Reply<'apiKey.save'>>;
  readonly testKey: () => Promise<Reply<'apiKey.test'>>;
  readonly removeKey: () => Promise<Reply<'apiKey.remove'>>;
};

/** Creates the account of one desk session. */
export function createPartooAccount(parts: PartooAccountParts): PartooAccount {
  const { apiKey, settings } = parts;

  /** Asks the real Partoo with the real key; in practice the session's own vendor is the simulator. */
  const askLive = async <T>(
    patience: 'wait' | 'none',
    question: (partoo: SettingsRequests) => Promise<T>,
  ): Promise<T> => {
    if (parts.mode === 'live') return question(withRateLimit(parts.requests, parts, patience));
    const { apiUrl } = settings();
    const partoo = parts.openPartoo({ apiUrl, readKey: apiKey.read });
    const kept = { clock: parts.clock, store: parts.pauses, host: hostOf(apiUrl) };
    try {
      return await question(withRateLimit(withSavedPause(partoo, kept), parts, patience));
    } finally {
      await partoo.close();
    }
  };
  // SECURITY: limits a flooding page to one request at a time, at the rate of the desk.
  const oneAtATime = createOneAtATime();

  /**
   * SECURITY: another key is another account, which would receive every customer. A compromised page could set one, or
   * remove the stored one first; it cannot answer a system dialog.
   */
  const refuseKey = async (next: string | null) => {
    const stored = await apiKey.read();
    if (stored.kind === 'absent' || (stored.kind === 'key' && stored.key === next))
      return undefined;
    if (stored.kind === 'unavailable')
      return { ok: false, failure: { kind: 'keychain', why: stored.why } } as const;
    const change = next === null ? 'remove' : 'replace';
    const answer = await parts.confirmKey(hostOf(settings().apiUrl), change);
    return answer === 'no' ? ({ ok: false, failure: { kind: 'declined' } } as const) : undefined;
  };

  const changeKey = async (
    next: string | null,
    change: () => Promise<KeyWriting>,
    onChanged = () => {},
  ) => {
    const refused = await refuseKey(next);
    if (refused !== undefined) return refused;
    const written = await change();
    if (written.kind === 'unavailable') {
      return { ok: false, failure: { kind: 'keychain', why: written.why } } as const;
    }
    onChanged();
    await parts.reopen();
    return { ok: true, value: {} } as const;
  };

  return {
    searchBusinesses: async (query) => {
      const answer = await oneAtATime<Awaited<ReturnType<SettingsRequests['searchBusinesses']>>>(
        busyFor(SECOND_MS),
        () => askLive('none', (partoo) => partoo.searchBusinesses({ ...query, among: 'inviting' })),
      );
      const value: Output<'businesses.search'> = answer.ok
        ? {
            kind: 'found',
            businesses: answer.value.businesses.map(({ id, name }) => ({ id, name })),
            pages: answer.value.pages,
          }
        : { kind: 'trouble', test: explain(answer.trouble) };
      return { ok: true, value };
    },
    saveKey: async (text) => {
      const parsed = parseApiKey(text);
      if (!parsed.ok) return { ok: false, failure: { kind: 'bad-key', why: parsed.why } };
      return changeKey(parsed.key, () => apiKey.save(parsed.key));
    },
    testKey: async () => ({
      ok: true,
      // A slow desk still gets the whole answer: it waits for the rate limiter.
      value: await oneAtATime<KeyTest>({ kind: 'busy', waitSeconds: 1 }, () =>
        askLive('wait', (partoo) => testKey(partoo, settings().businesses)),
      ),
    }),
    removeKey: () => changeKey(null, apiKey.remove, parts.onKeyRemoved),
  };
}

/** Tests who owns the key, then what it may do. A key that may not do the first may still do the second. */
async function testKey(
  partoo: SettingsRequests,
  businesses: readonly Business[],
): Promise<KeyTest> {
  const me = await partoo.checkKey();
  if (!me.ok && !isRefusal(me.trouble)) return explain(me.trouble);
  const checked = await checkBusinesses(partoo, businesses);
  if (me.ok) {
    const { name, role } = me.value;
    return checked.kind === 'trouble'
      ? explain(checked.trouble)
      : { kind: 'works', name, role, businesses: checked.businesses };
  }
  if (!isRefusal(me.trouble)) return explain(me.trouble);
  if (checked.kind === 'trouble' && !isRefusal(checked.trouble)) return explain(checked.trouble);
  // Without businesses, no request has been sent yet that this key may make.
  return checked.kind === 'trouble' || businesses.length === 0
    ? { kind: 'restricted', text: me.trouble.text }
    : { kind: 'works', name: '', role: '', businesses: checked.businesses };
}

/** Whether Partoo refuses this one request; that proves nothing about others. */
function isRefusal(
  trouble: ApiError,
): trouble is Extract<ApiError, { readonly kind: 'no-access' | 'refused' }> {
  return trouble.kind === 'no-access' || trouble.kind === 'refused';
}

function explain(trouble: ApiError): KeyTest {
  switch (trouble.kind) {
    case 'unreachable': {
      const connection = unreachable(trouble.cause, 0, 0);
      return connection.kind === 'offline'
        ? { kind: 'offline', cause: connection.cause }
        : { kind: connection.kind };
    }
    case 'key-refused':
    case 'no-access':
      return trouble;
    case 'busy':
      return { kind: 'busy', waitSeconds: Math.ceil(trouble.pauseMs / SECOND_MS) };
    case 'refused':
      return { kind: 'odd-answer', status: trouble.status };
    default:
      return trouble satisfies never;
  }
}

/** The host of an address that the settings hold, with its port. */
export function hostOf(apiUrl: string): string {
  return new URL(apiUrl).host;
}
