import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../build/setup/paths.mjs';

const folder = path.join(root, 'out/app/main');

/** Only the client of the site database and the commands load it, each by `import()`. */
const MAY = /^(?:connect|site-database|open-site-client|init-site-database|join-site-database)-/;

test('the client of PostgreSQL is in a part of its own, which a desk alone never loads', async () => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const texts = new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const),
    ),
  );
  const own = names.filter((name) => texts.get(name)?.includes('SASLInitialResponse') === true);
  expect(own).toHaveLength(1);
  expect(Buffer.byteLength(texts.get(own[0] ?? '') ?? '')).toBeLessThan(200_000);

  // Every part that cannot be loaded without it.
  const needing = new Set(own);
  for (let before = -1; before !== needing.size;) {
    before = needing.size;
    for (const [name, text] of texts)
      if (staticImports(text).some((wanted) => needing.has(wanted))) needing.add(name);
  }
  expect(needing.size).toBeGreaterThan(2);
  expect([...needing].filter((name) => !MAY.test(name))).toEqual([]);
  const main = await readFile(path.join(root, 'out/app/main.js'), 'utf8');
  expect(staticImports(main).filter((name) => needing.has(name))).toEqual([]);
});

/** The parts that a part names in `import … from`; `import()` loads one later. */
function staticImports(text: string): readonly string[] {
  return [...text.matchAll(/(?:from|import)"([^"]+)"/g)].map(([, wanted = '']) =>
    path.basename(wanted),
  );
}
