import { randomUUID } from 'node:crypto';

/**
 * Returns the name of a file until it is complete. SECURITY: the name is unpredictable, so that in a shared folder
 * nobody can place a file or a link there first.
 */
export function tempFileName(path: string): string {
  return `${path}.${randomUUID().slice(0, 8)}.part`;
}
