import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../build/setup/paths.mjs';

const FOLDERS = ['.github', 'build', 'docs', 'electron', 'renderer', 'shared', 'test'];

/** Every file of the sources, found without git, which an unpacked release does not have. */
function sources() {
  const top = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  const below = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        join(parentPath, name)
          .slice(root.length)
          .replace(/^[/\\]/, ''),
      ),
  );
  return [...top, ...below].map((path) => {
    const bytes = readFileSync(join(root, path));
    return { path, isBinary: bytes.includes(0), hasReturns: bytes.includes('\r\n') };
  });
}

test('[row 173] Windows changes the line ends of no text, and no picture', () => {
  const lines = readFileSync(join(root, '.gitattributes'), 'utf8').split('\n');
  const rules = lines.filter((line) => line !== '' && !line.startsWith('#'));
  expect(rules[0]).toBe('* text=auto eol=lf');
  const declared = rules.slice(1).map((rule) => /^\*(\.\w+) binary$/.exec(rule)?.[1]);

  const files = sources();
  expect(files.length).toBeGreaterThan(500);
  const kinds = new Set(files.filter(({ isBinary }) => isBinary).map(({ path }) => extname(path)));
  expect(new Set(declared)).toEqual(kinds);
  expect(files.filter(({ isBinary, hasReturns }) => !isBinary && hasReturns)).toEqual([]);
  // Such a text would keep the line ends of its author's system.
  const texts = files.filter(({ path, isBinary }) => !isBinary && kinds.has(extname(path)));
  expect(texts).toEqual([]);
});
