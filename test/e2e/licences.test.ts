import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { root } from '../../build/setup/paths.mjs';
import { licenceSchema } from '../../shared/about.ts';

const readJson = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(path.join(root, file), 'utf8'));

test('the licences list every packaged component with its version', async () => {
  const licences = z.array(licenceSchema).parse(await readJson('out/app/licences.json'));
  const versions = z.record(z.string(), z.string());
  const about = z
    .object({ dependencies: versions, devDependencies: versions })
    .parse(await readJson('package.json'));
  const used = await importedPackages(['shared', 'electron', 'renderer']);
  const wanted = { ...about.devDependencies, ...about.dependencies };
  const expected = Object.entries(wanted)
    .filter(([name]) => used.has(name) || name in about.dependencies || name === 'electron')
    .map(([name, version]) => asInstalled(name, version));
  expect(expected.length).toBeGreaterThan(8);
  expect(licences.map(({ name, version }) => `${name}@${version}`)).toEqual(
    expect.arrayContaining(expected),
  );
  expect(licences.filter(({ text }) => text.length < 200)).toEqual([]);
  // Compiled into undici, which parses every answer with it.
  expect(licences.map(({ name }) => name)).toContain('llhttp');
});

/** `npm:@github/keytar@7.10.6` is installed as keytar but keeps its own name. */
function asInstalled(name: string, version: string): string {
  return version.startsWith('npm:') ? version.slice('npm:'.length) : `${name}@${version}`;
}

async function importedPackages(folders: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const folder of folders) {
    const files = await readdir(path.join(root, folder), { recursive: true });
    for (const file of files.filter((name) => /\.tsx?$/.test(name))) {
      const text = await readFile(path.join(root, folder, file), 'utf8');
      for (const [, name] of text.matchAll(/from '((?:@[\w.-]+\/)?[\w-][\w.-]*)/g)) {
        if (name !== undefined) found.add(name);
      }
    }
  }
  return found;
}
