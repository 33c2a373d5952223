// Replaces vite in the bundles: a program that a test would bundle for a separate process was bundled beforehand.
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/**
 * @param {{ readonly build: { readonly ssr: string, readonly outDir: string } }} options
 * @returns {Promise<void>}
 */
export const build = async ({ build: { ssr, outDir } }) => {
  const name = path.basename(ssr).replace(/\.ts$/, '.js');
  mkdirSync(outDir, { recursive: true });
  const bundles = process.env['DESKBELL_TEST_BUNDLES'] ?? '';
  copyFileSync(path.join(bundles, 'programs', name), path.join(outDir, name));
};
