import { randomUUID } from 'node:crypto';

/**
 * What a file is called until all of it is there. SECURITY: in a folder of many, nobody can have put a file or a link
 * there before that is not known by its name.
 */
export function tempFileName(path: string): string {
  return `${path}.${randomUUID().slice(0, 8)}.part`;
}
