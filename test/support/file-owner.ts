import type { RightsPort } from '../../electron/settings/managed-config.ts';

/** Everything is root's, who alone may write: a test that is run by another user has a machine-wide file too. */
export const ROOTS: RightsPort = { platform: 'linux', stat: () => ({ uid: 0, mode: 0o600 }) };
