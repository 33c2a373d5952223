import { isIP } from 'node:net';
import type { Clock } from '../../shared/time.ts';
import { withTimeout } from '../../shared/with-timeout.ts';

/** Looks a name up, as `dns.promises.lookup` does. */
export type Lookup = (host: string) => Promise<readonly string[]>;

/** The addresses of a host, or why there are none. */
export type Resolved =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'failed'; readonly fault: 'dns' | 'dns-timeout' };

/**
 * Creates a lookup with a deadline. A lookup holds one of libuv's four threads until the system gives up, so only one
 * runs at a time for each host; the last known addresses are used while it hangs.
 */
export function createHostResolver(parts: {
  readonly lookup: Lookup;
  readonly clock: Pick<Clock, 'after'>;
}): (host: string, withinMs: number) => Promise<Resolved> {
  const pending = new Map<string, Promise<Resolved>>();
  const known = new Map<string, readonly string[]>();

  const look = (host: string): Promise<Resolved> => {
    const running = pending.get(host);
    if (running !== undefined) return running;
    const started = parts
      .lookup(host)
      .then((addresses): Resolved => {
        known.set(host, addresses);
        return { kind: 'addresses', addresses };
      })
      .catch((): Resolved => ({ kind: 'failed', fault: 'dns' }))
      .finally(() => pending.delete(host));
    pending.set(host, started);
    return started;
  };

  return async (host, withinMs) => {
    if (isIP(host) !== 0) return { kind: 'addresses', addresses: [host] };
    const first = await withTimeout(look(host), {
      clock: parts.clock,
      afterMs: withinMs,
      late: 'late' as const,
    });
    if (first !== 'late') return first;
    const addresses = known.get(host);
    return addresses === undefined
      ? { kind: 'failed', fault: 'dns-timeout' }
      : { kind: 'addresses', addresses };
  };
}
