import type { RightsPort } from '../../electron/settings/managed-config.ts';

/**
 * Says that root owns every file and alone may write it, so that tests run by another user have a machine-wide file
 * too.
 */
export const ROOTS: RightsPort = { platform: 'linux', stat: () => ({ uid: 0, mode: 0o600 }) };
