import { SECOND_MS } from '../../shared/time.ts';
import { callFunction } from './call-function.ts';
import { connect, type ConnectionParts } from './connect.ts';
import type { SiteFault } from './connection-fault.ts';
import type { DeskToken, SiteKeys } from './site-keys.ts';

/** What became of joining. */
export type JoinResult =
  | { readonly kind: 'joined'; readonly desk: string; readonly site: string }
  | { readonly kind: 'refused'; readonly why: 'unknown-code' | 'other-secret' }
  | { readonly kind: 'failed'; readonly fault: SiteFault };

const JOIN_MS = 10 * SECOND_MS;

/** Joins this desk to the site database. The same token joins once, also when the answer to the first time was lost. */
export async function joinSiteDatabase(
  parts: Omit<ConnectionParts, 'withinMs'> & {
    readonly code: string;
    readonly name: string;
    readonly version: string;
    readonly token: Pick<DeskToken, 'hash'>;
    readonly keys: Pick<SiteKeys, 'check'>;
  },
): Promise<JoinResult> {
  const connected = await connect({ ...parts, withinMs: JOIN_MS });
  if (connected.kind === 'failed') return connected;
  const { connection } = connected;
  try {
    const { code, name, version, token, keys } = parts;
    const values = [code, name, token.hash, version, keys.check];
    const reply = await callFunction(connection, 'enrol', values, JOIN_MS);
    if (reply.kind === 'no-answer') return { kind: 'failed', fault: reply.fault };
    const { answer } = reply;
    return answer.is === 'enrolled'
      ? { kind: 'joined', desk: answer.name, site: answer.site }
      : { kind: 'refused', why: answer.is };
  } finally {
    connection.close();
  }
}
