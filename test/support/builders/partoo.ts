import type { TimeLimits } from '../../../electron/partoo/time-and-size-limits.ts';
import type { PartooParts } from '../../../electron/partoo/open-partoo.ts';
import type { SendRequest } from '../../../electron/outbox/partoo-port.ts';
import { e164Schema } from '../../../shared/phone/e164.ts';

export const KEY = 'test-key-0123456789';
export const NOW = Date.UTC(2026, 10, 23, 9, 30);

/** For tests of expired time limits. All others use production's limits, so that no slow machine fails them. */
export const SHORT: TimeLimits = {
  connectMs: 250,
  headersMs: 250,
  bodyMs: 200,
  totalMs: 700,
  maxBytes: 64 * 1024,
};

export const SHORT_LIMITS = { send: SHORT, read: SHORT };

/** The same for everything after the first byte, which must arrive in time on any machine. */
const LONGER: TimeLimits = { ...SHORT, totalMs: 3_000 };
export const LONGER_LIMITS = { send: LONGER, read: LONGER };

/** The parts of a client that talks to `apiUrl` without a proxy. */
export const partsFor = (
  apiUrl: string | URL,
  overrides: Partial<PartooParts> = {},
): PartooParts => ({
  apiUrl: new URL(apiUrl),
  version: '9.8.7',
  readKey: () => Promise.resolve({ kind: 'key', key: KEY }),
  proxyFor: () => Promise.resolve('DIRECT'),
  certificates: undefined,
  clock: { now: () => NOW },
  ...overrides,
});

/** The customer of Partoo's documentation, with a fictional number. */
export const REQUEST: SendRequest = {
  businessId: '5409c35a97bbc544d8e26737',
  phone: e164Schema.parse('+33639980000'),
  name: 'John Doe',
  content: null,
  force: 'False',
};
