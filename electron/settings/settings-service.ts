import { parseApiKey } from '../../shared/api-key.ts';
import type { Input, Output, Reply } from '../../shared/ipc/contract.ts';
import type { KeyTest } from '../../shared/key-test.ts';
import { SECOND_MS, type Clock } from '../../shared/time.ts';
import type { Business, PartialSettings, Settings } from '../../shared/settings.ts';
import { withRateLimit, busyFor, type SettingsRequests } from '../outbox/rate-limited-requests.ts';
import { checkBusinesses } from './check-businesses.ts';
import type { WelcomeProgress } from '../../shared/welcome.ts';
import type { ManagedConfig } from './managed-config.ts';
import { diagnosticsText } from './diagnostics.ts';
import type { ListManager } from '../do-not-contact/manage-list.ts';
import type { EventLog } from '../event-log.ts';
import type { DeskSession } from '../app/desk-session.ts';
import { refusalOf, type PinCheck, type PinRefusal } from '../../shared/pin.ts';
import type { Manager } from './manager-session.ts';
import type { ApiKey, KeyWriting } from '../os/api-key.ts';
import type { Holidays } from '../os/holidays.ts';
import { unreachable } from '../outbox/rules/connection-state.ts';
import type { Partoo, ApiError } from '../outbox/partoo-port.ts';
import type { RateLimiter } from '../outbox/rate-limiter.ts';
import type { PartooPauseParts } from '../outbox/partoo-pause.ts';
import { withSavedPause } from '../outbox/pausable-requests.ts';

export type SettingsServiceParts = {
  readonly apiKey: ApiKey;
  readonly managed: Extract<ManagedConfig, { kind: 'read' }>;
  readonly settings: () => Settings;
  readonly desk: DeskSession;
  /** The rate limiter of the real Partoo, also in practice. */
  readonly turns: RateLimiter;
  /** Stores the pause of the real Partoo, also in practice. */
  readonly pauses: PartooPauseParts['store'];
  readonly manager: Manager;
  readonly doNotContact: ListManager;
  readonly version: string;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly platform: Readonly<Record<string, string>>;
  readonly copyText: (text: string) => void;
  readonly confirmHost: (host: string) => Promise<'yes' | 'no'>;
  readonly confirmKey: (host: string, change: 'replace' | 'remove') => Promise<'yes' | 'no'>;
  readonly loadHolidays: () => Promise<Holidays>;
  readonly openPartoo: (way: {
    readonly apiUrl: string;
    readonly readKey: ApiKey['read'];
  }) => Partoo;
  /** Saves the change, applies it and notifies all listeners. */
  readonly save: (change: PartialSettings) => Promise<void>;
  readonly keepWelcome: (progress: WelcomeProgress) => void;
  /** Reopens the desk session: the key may have changed its mode. */
  readonly reopen: () => Promise<void>;
  /** Called when a person has removed the key from the keychain. */
  readonly onKeyRemoved: () => void;
};

export type PinFailure = { readonly kind: 'pin-needed'; readonly isSet: boolean } | PinRefusal;

/** A manager's actions: settings, the key, the businesses. They act on the live desk, even in practice. */
export type SettingsService = {
  readonly keepWelcome: (progress: WelcomeProgress) => void;
  readonly doNotContact: ListManager;
  readonly manager: Manager;
  /** Returns the failure that "Send again anyway" needs a PIN; undefined where it is allowed. */
  readonly refuseForce: (pin: string | null) => Promise<PinFailure | undefined>;
  /** Returns the failure that erasing a customer needs a PIN; undefined where it is allowed. */
  readonly refuseErasure: (pin: string | null) => Promise<PinFailure | undefined>;
  /** Returns the failure that a system dialog needs a PIN: in a kiosk it gives access to other programs. */
  readonly refuseSystemBox: (pin: string | null) => Promise<PinFailure | undefined>;
  readonly removePin: (current: string) => Promise<PinCheck>;
  readonly readSettings: () => Promise<Reply<'settings.read'>>;
  readonly saveSettings: (change: Input<'settings.save'>) => Promise<Reply<'settings.save'>>;
  /** Lists the regions of the default country with their own public holidays. */
  readonly listRegions: () => Promise<Output<'holidays.regions'>>;
  /** Copies the diagnostics for support to the clipboard, and returns them. */
  readonly copyDiagnostics: () => Promise<string>;
  readonly searchBusinesses: (
    query: Input<'businesses.search'>,
  ) => Promise<Reply<'businesses.search'>>;
  readonly saveKey: (text: string) => Promise<Reply<'apiKey.save'>>;
  readonly testKey: () => Promise<Reply<'apiKey.test'>>;
  readonly removeKey: () => Promise<Reply<'apiKey.remove'>>;
};

/** Creates the settings service of one desk session. */
export function createSettingsService(parts: SettingsServiceParts): SettingsService {
  const { apiKey, managed, settings, desk, manager } = parts;
  const locked = Object.keys(managed.settings);

  /** Asks the real Partoo with the real key; in practice the session's own vendor is the simulator. */
  const askLive = async <T>(
    patience: 'wait' | 'none',
    question: (partoo: SettingsRequests) => Promise<T>,
  ): Promise<T> => {
    if (desk.mode === 'live') return question(withRateLimit(desk.questions, parts, patience));
    const { apiUrl } = settings();
    const partoo = parts.openPartoo({ apiUrl, readKey: apiKey.read });
    const kept = { clock: parts.clock, store: parts.pauses, host: hostOf(apiUrl) };
    try {
      return await question(withRateLimit(withSavedPause(partoo, kept), parts, patience));
    } finally {
      await partoo.close();
    }
  };
  let isAsking = false;
  // SECURITY: limits a flooding page to one request at a time, at the rate of the desk.
  const oneAtATime = async <T>(busy: T, ask: () => Promise<T>): Promise<T> => {
    if (isAsking) return busy;
    isAsking = true;
    try {
      return await ask();
    } finally {
      isAsking = false;
    }
  };

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

  const hasPin = (): boolean => manager.standing().kind !== 'none';
  const refusePin = async (pin: string | null): Promise<PinFailure | undefined> => {
    // SECURITY: fails closed. Without a PIN nobody can give the permission that IT or a manager requires.
    if (pin === null || !hasPin()) return { kind: 'pin-needed', isSet: hasPin() };
    return refusalOf(await manager.check(pin));
  };

  return {
    doNotContact: parts.doNotContact,
    keepWelcome: parts.keepWelcome,
    manager,
    refuseForce: async (pin) => (settings().forceNeedsPin ? refusePin(pin) : undefined),
    refuseErasure: async (pin) => (manager.isAtWork() ? undefined : refusePin(pin)),
    refuseSystemBox: async (pin) =>
      !settings().kiosk || manager.isAtWork() ? undefined : refusePin(pin),
    removePin: async (current) => {
      const removed = await manager.remove(current);
      // Switch this off too: an action that asks for a missing PIN would be blocked for ever.
      if (removed.kind === 'right' && !locked.includes('forceNeedsPin')) {
        await parts.save({ forceNeedsPin: false });
      }
      return removed;
    },
    readSettings: async () => {
      const reading = await apiKey.read();
      const key = reading.kind === 'key' ? 'stored' : reading.kind;
      const pin = manager.standing();
      return {
        ok: true,
        value: { settings: settings(), locked, configFile: managed.file, key, pin },
      };
    },
    saveSettings: async (change) => {
      const setting = Object.keys(change).find((name) => locked.includes(name));
      if (setting !== undefined) return { ok: false, failure: { kind: 'locked', setting } };
      if (change.forceNeedsPin === true && !hasPin()) {
        return { ok: false, failure: { kind: 'pin-needed', isSet: false } };
      }
      const before = settings().apiUrl;
      const host = change.apiUrl === undefined ? undefined : hostOf(change.apiUrl);
      const isElsewhere = host !== undefined && host !== hostOf(before);
      // SECURITY: a compromised page could set another address with its own key, which would receive every customer.
      // It cannot answer a system dialog.
      if (isElsewhere && (await parts.confirmHost(host)) === 'no')
        return { ok: false, failure: { kind: 'declined' } };
      await parts.save(change);
      const after = settings();
      // Another host has another key, and the connection to the old host is open.
      if (after.apiUrl !== before) await parts.reopen();
      return { ok: true, value: after };
    },
    listRegions: async () => ({
      regions: (await parts.loadHolidays()).regionsOf(settings().defaultCountry),
    }),
    copyDiagnostics: async () => {
      const text = diagnosticsText({
        version: parts.version,
        platform: parts.platform,
        mode: desk.mode,
        connection: desk.connection().kind,
        key: (await apiKey.read()).kind,
        pin: manager.standing().kind,
        settings: settings(),
        locked,
        counts: desk.countAll(),
        events: parts.log.tail(),
        at: parts.clock.now(),
      });
      parts.copyText(text);
      return text;
    },
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

function hostOf(apiUrl: string): string {
  return new URL(apiUrl).host;
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
