import type { SecureContext } from 'node:tls';
import pg from 'pg';
import { isLoopback, type DatabaseAddress } from '../../shared/site-database-address.ts';
import type { Clock } from '../../shared/time.ts';
import { withTimeout } from '../../shared/with-timeout.ts';
import { faultOf, type SiteFault } from './connection-fault.ts';
import type { Resolved } from './resolve-host.ts';

/** Where and as whom to connect. */
export type ConnectionParts = {
  readonly address: DatabaseAddress;
  readonly password: string;
  /** The authorities to trust; undefined for those of Node. */
  readonly trust: SecureContext | undefined;
  readonly resolve: (host: string, withinMs: number) => Promise<Resolved>;
  readonly clock: Pick<Clock, 'after' | 'elapsedMs'>;
  /** How long name lookup, TLS and signing in may take together. */
  readonly withinMs: number;
};

export type Connected =
  | { readonly kind: 'connected'; readonly connection: SiteConnection }
  | { readonly kind: 'failed'; readonly fault: SiteFault };

/** One connection. A call that has no answer in time ends the connection: a late answer must not meet a later call. */
export type SiteConnection = {
  /** Runs one query; resolves to its rows, or to why there are none. */
  readonly query: (
    text: string,
    values: readonly unknown[],
    withinMs: number,
  ) => Promise<
    | { readonly kind: 'rows'; readonly rows: readonly unknown[] }
    | { readonly kind: 'failed'; readonly fault: SiteFault; readonly message: string }
  >;
  readonly isOpen: () => boolean;
  readonly close: () => void;
};

/**
 * Connects to the site database. SECURITY: TLS with the name and the authority checked, SCRAM bound to the TLS channel where the
 * server offers it; plain only on this computer.
 */
export async function connect(parts: ConnectionParts): Promise<Connected> {
  const { address, clock } = parts;
  const deadline = clock.elapsedMs() + parts.withinMs;
  const resolved = await parts.resolve(address.host, parts.withinMs);
  if (resolved.kind === 'failed') return resolved;
  let last: Connected = { kind: 'failed', fault: 'dns' };
  for (const host of resolved.addresses) {
    const leftMs = deadline - clock.elapsedMs();
    if (leftMs <= 0) return { kind: 'failed', fault: 'timeout' };
    last = await connectTo(host, leftMs, parts);
    // Another address may answer; a server that has answered is the right one.
    if (last.kind === 'connected' || !NOT_THERE.has(last.fault)) return last;
  }
  return last;
}

const NOT_THERE: ReadonlySet<SiteFault> = new Set(['refused', 'unreachable', 'timeout']);

async function connectTo(
  host: string,
  withinMs: number,
  { address, password, trust, clock }: ConnectionParts,
): Promise<Connected> {
  // pg takes from the environment what is missing here. No `options`: PgBouncer refuses them.
  const client = new pg.Client({
    host,
    port: address.port,
    user: address.user,
    database: address.database,
    password,
    application_name: 'Deskbell',
    keepAlive: true,
    enableChannelBinding: true,
    ssl: isLoopback(address.host)
      ? false
      : {
          // Certificates name the host, not its address.
          host: address.host,
          servername: address.host,
          ...(trust === undefined ? {} : { secureContext: trust }),
          rejectUnauthorized: true,
          minVersion: 'TLSv1.2',
        },
  });
  let isOpen = true;
  const close = (): void => {
    isOpen = false;
    // At once: a polite end waits for a server that may not answer.
    client.connection.stream.destroy();
  };
  client.on('error', () => {
    isOpen = false;
  });
  client.on('end', () => {
    isOpen = false;
  });

  /** Waits for a step of the connection, and ends the connection when that takes too long. */
  const within = async <T>(step: Promise<T>, ms: number): Promise<T | 'late'> => {
    const first = await withTimeout(step, { clock, afterMs: ms, late: 'late' as const });
    if (first === 'late') close();
    return first;
  };

  const query: SiteConnection['query'] = async (text, values, ms) => {
    try {
      const answer = await within(client.query<object>(text, [...values]), ms);
      if (answer === 'late') return { kind: 'failed', fault: 'timeout', message: '' };
      return { kind: 'rows', rows: Array.isArray(answer) ? [] : answer.rows };
    } catch (error) {
      return { kind: 'failed', fault: faultOf(error), message: messageOf(error) };
    }
  };

  try {
    const step = await within(client.connect(), withinMs);
    if (step === 'late') return { kind: 'failed', fault: 'timeout' };
    return { kind: 'connected', connection: { query, isOpen: () => isOpen, close } };
  } catch (error) {
    close();
    return { kind: 'failed', fault: faultOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
