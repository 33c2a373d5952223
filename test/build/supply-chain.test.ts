import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { root } from '../../build/setup/places.mjs';

const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));

const manifest = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(read('package.json'));
const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.optional(z.string()),
        integrity: z.optional(z.string()),
        resolved: z.optional(z.string()),
        inBundle: z.optional(z.boolean()),
        optional: z.optional(z.boolean()),
        hasInstallScript: z.optional(z.boolean()),
      }),
    ),
  })
  .parse(read('package-lock.json'));
const locked = Object.entries(lock.packages).filter(([name]) => name !== '');

/** They have one, and none is run: what they would make is in their tarballs or not wanted. */
const SCRIPTS_NEVER_RUN = ['node_modules/electron-winstaller', 'node_modules/keytar'];

describe('what Deskbell is built from', () => {
  test('is named by exact versions', () => {
    const named = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(named)) {
      expect({ name, version }).toEqual({
        name,
        version: expect.stringMatching(/^(?:npm:@[\w-]+\/[\w-]+@)?\d+\.\d+\.\d+$/),
      });
    }
  });

  test('ships two modules as they are and bundles the rest', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['better-sqlite3', 'keytar']);
  });

  test('is pinned by content', () => {
    const loose = locked
      .filter(([, { inBundle }]) => inBundle !== true)
      .filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'));
    expect(loose.map(([name]) => name)).toEqual([]);
  });

  test('comes from nowhere but the registry', () => {
    const elsewhere = locked.filter(
      ([, { resolved = 'https://' }]) => !resolved.startsWith('https://'),
    );
    expect(elsewhere.map(([name]) => name)).toEqual([]);
  });

  test('runs nothing when it is installed', () => {
    expect(readFileSync(join(root, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    expect(scripted.map(([name]) => name)).toEqual(SCRIPTS_NEVER_RUN);
  });
});
