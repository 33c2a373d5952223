import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { root } from '../../build/setup/paths.mjs';

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
        dependencies: z.optional(z.record(z.string(), z.string())),
        optionalDependencies: z.optional(z.record(z.string(), z.string())),
      }),
    ),
  })
  .parse(read('package-lock.json'));
const locked = Object.entries(lock.packages).filter(([name]) => name !== '');

/** They have one that is not run: their tarballs contain what it would make, or it is not needed. */
const SCRIPTS_NEVER_RUN = ['node_modules/electron-winstaller', 'node_modules/keytar'];

describe('the dependencies of Deskbell', () => {
  test('have exact versions', () => {
    const named = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(named)) {
      expect({ name, version }).toEqual({
        name,
        version: expect.stringMatching(/^(?:npm:@[\w-]+\/[\w-]+@)?\d+\.\d+\.\d+$/),
      });
    }
  });

  test('ship two modules unchanged; the others are bundled', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['better-sqlite3', 'keytar']);
  });

  test('are pinned by their content', () => {
    const loose = locked
      .filter(([, { inBundle }]) => inBundle !== true)
      .filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'));
    expect(loose.map(([name]) => name)).toEqual([]);
  });

  test('are locked completely, as npm ci demands', () => {
    const places = new Set(locked.map(([place]) => place));
    /** Where a package below `place` may be, in Node's order: from the inside out. */
    const isLocked = (place: string, name: string): boolean =>
      places.has(`${place === '' ? '' : `${place}/`}node_modules/${name}`) ||
      (place !== '' && isLocked(outsideOf(place), name));
    const outsideOf = (place: string): string =>
      place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')));
    const missing = locked.flatMap(([place, { dependencies = {}, optionalDependencies = {} }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !isLocked(place, name))
        .map((name) => `${place} asks for ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('come only from the registry', () => {
    const elsewhere = locked.filter(
      ([, { resolved = 'https://' }]) => !resolved.startsWith('https://'),
    );
    expect(elsewhere.map(([name]) => name)).toEqual([]);
  });

  test('run no install scripts', () => {
    expect(readFileSync(join(root, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    expect(scripted.map(([name]) => name)).toEqual(SCRIPTS_NEVER_RUN);
  });
});

describe('the release workflow', () => {
  const folder = join(root, '.github/workflows');
  const workflows = readdirSync(folder).map((name) => ({
    name,
    text: readFileSync(join(folder, name), 'utf8'),
  }));

  test.each(workflows)('$name runs no action that can change under its name', ({ text }) => {
    const used = [...text.matchAll(/uses: (.+)/g)].map(([, what = '']) => what);
    expect(used.length).toBeGreaterThan(0);
    for (const what of used)
      expect(what).toMatch(
        /^\.\/\.github\/workflows\/[\w-]+\.yml$|^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/,
      );
  });

  test.each(workflows)(
    '$name may only read the source, and a job that may do more is named',
    ({ text }) => {
      expect(text).toMatch(/^permissions:\n {2}contents: read\n/m);
      const checkouts = text.match(/uses: actions\/checkout@/g) ?? [];
      expect(text.match(/persist-credentials: false/g) ?? []).toHaveLength(checkouts.length);
      // Text of a pull request or a tag could be executed as a command.
      expect(text).not.toMatch(/run: .*\$\{\{/);
      expect(text).not.toContain('pull_request_target');
    },
  );

  test('packs nothing with a known vulnerability', () => {
    const release = workflows.find(({ name }) => name === 'release.yml')?.text ?? '';
    expect(release).toMatch(/^ {2}audit:\n {4}uses: \.\/\.github\/workflows\/audit\.yml$/m);
    expect(release).toMatch(/^ {2}package:\n {4}needs: audit$/m);
    expect(release).toMatch(/^ {2}draft:\n {4}needs: package$/m);
    const audit = workflows.find(({ name }) => name === 'audit.yml')?.text ?? '';
    expect(audit).toContain('run: npm audit --audit-level=high');
    expect(audit).toContain('run: npm audit signatures');
    expect(audit).not.toMatch(/continue-on-error|\|\| true/);
  });

  test('adds a list of components, checksums and the origin', () => {
    const release = workflows.find(({ name }) => name === 'release.yml')?.text ?? '';
    for (const part of ['npm run --silent sbom', 'sha256sum', 'attest-build-provenance'])
      expect(release).toContain(part);
  });
});
