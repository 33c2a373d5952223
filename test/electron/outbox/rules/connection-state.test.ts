import { expect, test } from 'vitest';
import { unreachable } from '../../../../electron/outbox/rules/connection-state.ts';
import type { NotSentCause, UnclearCause } from '../../../../shared/attempt.ts';
import { connectionSchema } from '../../../../shared/connection.ts';
import { MINUTE_MS } from '../../../../shared/time.ts';
import { NINE } from '../../../support/builders/row.ts';

/** Every cause with its state; a missing one does not compile. */
const WORDS: Readonly<Record<NotSentCause | UnclearCause, string>> = {
  'no-key': 'no-key',
  keychain: 'no-keychain',
  dns: 'offline: dns',
  unreachable: 'offline: network',
  local: 'offline: network',
  refused: 'offline: partoo',
  timeout: 'offline: partoo',
  reset: 'offline: partoo',
  'server-error': 'offline: partoo',
  'odd-status': 'offline: unknown-answer',
  died: 'offline: partoo',
  gap: 'offline: partoo',
  tls: 'offline: certificate',
  proxy: 'offline: proxy',
  'proxy-auth': 'offline: proxy-sign-in',
  redirect: 'offline: portal',
  'web-page': 'offline: portal',
  'unknown-shape': 'offline: unknown-answer',
  unreadable: 'offline: unknown-answer',
};

test.each(Object.entries(WORDS))('[row 143] %s is reported as %s', (cause, expected) => {
  // The names of a record are strings to TypeScript.
  const known = Object.keys(WORDS).find((name): name is keyof typeof WORDS => name === cause);
  if (known === undefined) throw new Error(`no such cause: ${cause}`);
  const connection = unreachable(known, NINE, NINE + MINUTE_MS);
  const told = connection.kind === 'offline' ? `offline: ${connection.cause}` : connection.kind;
  expect(told).toBe(expected);
  expect(connectionSchema.parse(connection)).toEqual(connection);
});
