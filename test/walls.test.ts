import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'jsonc-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { BANS } from './support/walls/bans.ts';
import { ROWS, type Row } from './support/walls/rows.ts';
import { openScratchProject, type ScratchProject } from './support/walls/scratch-project.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

const lintSchema = z.object({
  overrides: z.array(
    z.object({ files: z.array(z.string()), rules: z.record(z.string(), z.unknown()) }),
  ),
});

/** `// oxlint-disable-next-line rule -- reason`, and what TypeScript has of the kind. */
const OPENING = /\/[/*]\s*(?:oxlint-disable|@ts-(?:expect-error|ignore|nocheck))/;
const EXPLAINED = /\/[/*]\s*oxlint-disable\S* \S.* -- \S|@ts-expect-error \S/;

/** One line per import, so that each complaint shows its import by its line. */
const linesOf = ({ may, mayTypes = [], mayNot }: Row): readonly string[] => [
  ...may.map((specifier, at) => `export { x as may${at} } from '${specifier}';`),
  ...mayTypes.map((specifier, at) => `export type { X as MayType${at} } from '${specifier}';`),
  ...mayNot.map((specifier, at) => `export { x as mayNot${at} } from '${specifier}';`),
];

const textOf = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

describe('the import rules', () => {
  let project: ScratchProject;
  let complaints: readonly string[];
  beforeAll(async () => {
    project = await openScratchProject(
      Object.fromEntries(ROWS.map((row) => [row.file, textOf(linesOf(row))])),
    );
    complaints = await project.lint();
  });
  afterAll(() => project.remove());

  test.each(ROWS)('$file', (row) => {
    const allowed = row.may.length + (row.mayTypes?.length ?? 0);
    expect(about(row.file, complaints)).toEqual(
      row.mayNot
        .map((_, at) => `${String(allowed + at + 1)} eslint(no-restricted-imports)`)
        .toSorted(),
    );
  });
});

/** Whether a path matches one of oxlint's patterns: braces, `*` within a folder, `**` across folders. */
const isMeantBy = (pattern: string, file: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll('.', String.raw`\.`)
      .replaceAll('{', '(')
      .replaceAll('}', ')')
      .replaceAll(',', '|')
      .replace(/\*\*|\*/g, (stars) => (stars === '**' ? '.*' : '[^/]*'))}$`,
  ).test(file);

test('every import rule has a planted violation', async () => {
  const { overrides } = lintSchema.parse(
    parse(await readFile(join(root, '.oxlintrc.json'), 'utf8')),
  );
  const walls = overrides.filter((override) => 'no-restricted-imports' in override.rules);
  const inForce = ROWS.filter((row) => row.mayNot.length > 0).map((row) =>
    // A later override replaces the rule.
    walls.findLastIndex((wall) => wall.files.some((pattern) => isMeantBy(pattern, row.file))),
  );
  expect(walls.length).toBeGreaterThan(30);
  expect(walls.filter((_, at) => !inForce.includes(at)).map((wall) => wall.files)).toEqual([]);
});

describe('the banned code', () => {
  let project: ScratchProject;
  let complaints: readonly string[];
  beforeAll(async () => {
    project = await openScratchProject(
      Object.fromEntries(BANS.map((ban) => [ban.file, textOf(ban.lines)])),
    );
    complaints = await project.lint();
  });
  afterAll(() => project.remove());

  test.each(BANS)('$name', (ban) => {
    expect(about(ban.file, complaints)).toEqual(ban.complaints);
  });
});

describe('the globals that a process lacks', () => {
  let project: ScratchProject;
  beforeAll(async () => {
    project = await openScratchProject({
      'shared/neither.ts': textOf([
        'export const ok = new URL("https://example.com").hostname + new Intl.NumberFormat("en").format(1);',
        'export const node = (): unknown => process.pid;',
        'export const page = (): unknown => document.title;',
      ]),
      'electron/outbox/neither.ts': textOf([
        'export const node = (): unknown => process.pid;',
        'export const wait = (task: () => void): unknown => setTimeout(task, 1);',
        'export const page = (): unknown => document.title;',
      ]),
      'electron/node.ts': textOf([
        "import { app } from 'electron/main';",
        'export const node = (): unknown => [process.pid, app.name];',
        'export const page = (): unknown => document.title;',
        'export const newer = (): unknown => Promise.withResolvers<void>();',
      ]),
      'electron/i18n/translations.ts': textOf(["export const words = 'of the main process';"]),
      'renderer/page.tsx': textOf([
        'export const Page = () => <p>{document.title}</p>;',
        'export const node = (): unknown => process.pid;',
        "export { words } from '../electron/i18n/translations.ts';",
      ]),
    });
  });
  afterAll(() => project.remove());

  test('do not compile there', async () => {
    expect(await project.compile(['shared', 'electron', 'renderer'])).toEqual([
      'electron/node.ts:3 TS2584',
      'electron/node.ts:4 TS2550',
      'electron/outbox/neither.ts:1 TS2591',
      'electron/outbox/neither.ts:2 TS2304',
      'electron/outbox/neither.ts:3 TS2584',
      'renderer/page.tsx:2 TS2591',
      'renderer/page.tsx:3 TS6307',
      'shared/neither.ts:2 TS2591',
      'shared/neither.ts:3 TS2584',
    ]);
  });
});

test('every exception to a rule has a reason', async () => {
  const unexplained: string[] = [];
  for (const folder of ['shared', 'electron', 'renderer', 'test', 'build']) {
    for (const file of await sources(folder)) {
      const lines = (await readFile(join(root, file), 'utf8')).split('\n');
      for (const [at, line] of lines.entries()) {
        if (OPENING.test(line) && !EXPLAINED.test(line)) unexplained.push(`${file}:${at + 1}`);
      }
    }
  }
  expect(unexplained).toEqual([]);
});

/** The complaints about one file, without its name. */
function about(file: string, complaints: readonly string[]): readonly string[] {
  return complaints
    .filter((complaint) => complaint.startsWith(`${file}:`))
    .map((complaint) => complaint.slice(file.length + 1));
}

async function sources(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(root, folder), { recursive: true });
  return names.filter((name) => /\.(tsx?|mjs)$/.test(name)).map((name) => join(folder, name));
}
