import type { SiteFault } from '../site/connection-fault.ts';

/** Says to an administrator why the site database cannot be used, and what to do. */
export function describeSiteFault(fault: SiteFault): string {
  return SENTENCES[fault];
}

const SENTENCES: Readonly<Record<SiteFault, string>> = {
  dns: 'the name of the server is not known (DNS)',
  'dns-timeout': 'the DNS server does not answer',
  refused: 'nothing listens on that port of the server',
  unreachable: 'the server cannot be reached from this network',
  timeout: 'the server does not answer in time; a firewall may drop the connection',
  lost: 'the connection was lost',
  'no-tls':
    'the server offers no TLS: switch it on, or use 127.0.0.1 for a server on this computer',
  authority: 'the authority of the server’s certificate is not trusted: name it in caFile',
  'host-name': 'the server’s certificate is for another name',
  certificate: 'the server’s certificate cannot be used',
  password: 'the user or the password is wrong, or pg_hba.conf does not admit them',
  'no-database': 'there is no such database on the server',
  'too-many-connections': 'the server admits no more connections',
  starting: 'the server is starting or stopping',
  'read-only': 'the server is a standby and accepts no changes',
  overloaded: 'the server took too long',
  'schema-missing':
    'the site database is missing or older than this Deskbell: run --init-site-database',
  'newer-schema': 'a newer Deskbell has migrated the site database: use that version',
  'no-right': 'this user has no right to do it',
  'unknown-desk': 'the site database does not know this desk: join it again',
  revoked: 'this desk was revoked',
  'refused-call': 'the site database refused the call',
  isolation:
    'the server’s default isolation level is not “read committed”: set it back for deskbell_desk',
  unreadable: 'the answer cannot be read',
  other: 'the server reports an error',
};
