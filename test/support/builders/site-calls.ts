import { formatCredentials } from '../../../electron/sharing/credentials.ts';
import { createSiteCalls } from '../../../electron/sharing/site-calls.ts';
import { openSiteClient } from '../../../electron/site/open-site-client.ts';
import type { SiteDatabase } from '../../../electron/site/site-database.ts';
import { formatSecret } from '../../../electron/site/site-keys.ts';
import { createFakeClock } from '../clock.ts';
import { NINE } from './row.ts';
import { newPath, open } from './store.ts';

/**
 * The calls of a desk to a site database that answers what a test says, and the desk's own database. `beforeBegin` runs before that
 * keeps the site database.
 */
export function aSharingDesk(answers: Partial<SiteDatabase> = {}, beforeBegin = () => {}) {
  const clock = createFakeClock(NINE);
  const store = open(newPath());
  const entry = formatCredentials({
    password: 'a made-up login password',
    secret: formatSecret(Buffer.alloc(32, 7)),
    token: Buffer.alloc(32, 8),
  });
  const calls = createSiteCalls({
    clock,
    address: { host: '127.0.0.1', port: 1, database: 'deskbell', user: 'deskbell_desk' },
    entry: { read: async () => ({ kind: 'key', key: entry }) },
    openClient: async (wanted) => {
      const client = openSiteClient({
        ...wanted,
        trust: undefined,
        lookup: async () => [],
        clock,
        version: '9.8.7',
      });
      return client && { keys: client.keys, database: { ...client.database, ...answers } };
    },
    hintBits: () => 24,
    onPartner: (partner) => {
      beforeBegin();
      if (store.readSharing()?.partner !== partner) store.beginSharing(partner);
    },
    onChanged: () => {},
  });
  return { clock, store, calls };
}
