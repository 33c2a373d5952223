/** The switches about the site database; each is a command that exits. */
export const SITE_COMMANDS = [
  'print-site-database-sql',
  'init-site-database',
  'join-site-database',
  'leave-site-database',
] as const;
