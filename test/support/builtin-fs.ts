import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { onTestFinished } from 'vitest';

/**
 * Puts another function in the place of one of Node's for the rest of a test, also where it was imported by its name: for
 * what another file system or another program on the PC does.
 */
export function replaceInFs<Name extends 'statSync' | 'renameSync' | 'unlinkSync'>(
  name: Name,
  replace: (real: (typeof fs)[Name]) => (typeof fs)[Name],
): void {
  const real = fs[name];
  fs[name] = replace(real);
  syncBuiltinESMExports();
  onTestFinished(() => {
    fs[name] = real;
    syncBuiltinESMExports();
  });
}
