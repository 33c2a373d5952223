import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packagesOf, writeLicences } from '../../build/licences.mjs';

test('finds the packages of a bundle by the modules in it', () => {
  expect(
    packagesOf([
      '/app/renderer/app.tsx',
      '/app/node_modules/react/cjs/react.production.js',
      '/app/node_modules/react/index.js?commonjs-module',
      '/app/node_modules/@base-ui/react/esm/tabs/index.js',
      '/app/node_modules/a/node_modules/b/index.js',
      'C:\\work\\node_modules\\@x\\y\\index.js',
      '\0/app/node_modules/z/index.js?commonjs-es-import',
      'vite/preload-helper.js',
    ]),
  ).toEqual(['react', '@base-ui/react', 'a/node_modules/b', '@x/y', 'z']);
});

test('lists each part with its version and its full terms', async () => {
  const root = await aRoot({
    react: { name: 'react', license: 'MIT', files: { LICENSE: 'Permission is\r\nhereby granted' } },
    keytar: {
      name: '@github/keytar',
      license: 'MIT',
      files: { 'LICENSE.md': 'one', 'NOTICE.txt': 'two' },
    },
  });
  const file = path.join(root, 'licences.json');
  await writeLicences({ root, bundled: ['react', 'react'], native: ['keytar'], file });
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual([
    { name: '@github/keytar', version: '1.2.3', licence: 'MIT', text: 'one\n\ntwo' },
    { name: 'react', version: '1.2.3', licence: 'MIT', text: 'Permission is\nhereby granted' },
  ]);
});

test('lists a work inside a package with its own terms where the bundle contains it', async () => {
  const root = await aRoot({
    undici: { name: 'undici', license: 'MIT', files: { LICENSE: 'Permission is hereby granted' } },
  });
  const file = path.join(root, 'licences.json');
  const licencesOf = async (module: string): Promise<unknown> => {
    const bundled = packagesOf([`/app/node_modules/undici/lib/${module}`]);
    await writeLicences({ root, bundled, native: [], file });
    const written: unknown = JSON.parse(await readFile(file, 'utf8'));
    return written;
  };
  expect(await licencesOf('util.js')).toMatchObject([{ name: 'undici' }]);
  expect(await licencesOf('llhttp/llhttp-wasm.js')).toEqual([
    {
      name: 'llhttp',
      version: 'in undici 1.2.3',
      licence: 'MIT',
      text: expect.stringMatching(
        /Copyright Fedor Indutny, 2018\.\n\nPermission is hereby granted/,
      ),
    },
    expect.objectContaining({ name: 'undici', version: '1.2.3' }),
  ]);
});

test.each([
  ['no licence', { name: 'x', files: { LICENSE: 'text' } }],
  ['no text', { name: 'x', license: 'MIT', files: {} }],
])('a part with %s stops the build', async (_, part) => {
  const root = await aRoot({ x: part });
  const written = writeLicences({ root, bundled: ['x'], native: [], file: path.join(root, 'l') });
  await expect(written).rejects.toThrow(/^x has no licence/);
});

test('a part that names the MIT licence and its author needs no file', async () => {
  const root = await aRoot({
    x: { name: 'x', license: 'MIT', author: { name: 'Marie Dupont' }, files: {} },
  });
  const file = path.join(root, 'licences.json');
  await writeLicences({ root, bundled: ['x'], native: [], file });
  expect(await readFile(file, 'utf8')).toContain('Copyright (c) Marie Dupont');
});

type Part = {
  readonly name: string;
  readonly license?: string;
  readonly author?: { readonly name: string };
  readonly files: Readonly<Record<string, string>>;
};

async function aRoot(parts: Readonly<Record<string, Part>>): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'deskbell-licences-'));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const [folder, { files, ...about }] of Object.entries(parts)) {
    const place = path.join(root, 'node_modules', folder);
    await mkdir(place, { recursive: true });
    await writeFile(
      path.join(place, 'package.json'),
      JSON.stringify({ ...about, version: '1.2.3' }),
    );
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(place, name), text);
  }
  return root;
}
