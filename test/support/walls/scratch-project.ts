import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The configuration files of the tools. A test adds its own source files. */
const CONFIGURATION = [
  '.oxlintrc.json',
  'tsconfig.base.json',
  'shared/tsconfig.json',
  'shared/globals.d.ts',
  'electron/tsconfig.json',
  'electron/outbox/tsconfig.json',
  'renderer/tsconfig.json',
  'test/tsconfig.json',
];

/** The lines that a tool reports, as `file:line rule`: sorted, each once. */
type Complaints = readonly string[];

export type ScratchProject = {
  /** Complaints of oxlint, with the rule as `plugin(rule)`. */
  readonly lint: () => Promise<Complaints>;
  /** Complaints of `tsc -b` over these folders, with the rule as `TS1234`. */
  readonly compile: (folders: readonly string[]) => Promise<Complaints>;
  readonly remove: () => Promise<void>;
};

/** Makes a temporary project with the import rules of this one and only these files. */
export async function openScratchProject(
  files: Readonly<Record<string, string>>,
): Promise<ScratchProject> {
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-walls-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const file of CONFIGURATION) await cp(join(root, file), join(folder, file));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return {
    lint: async () =>
      parseLint(await output(folder, 'oxlint/bin/oxlint', ['--type-aware', '-f', 'json'])),
    compile: async (folders) =>
      parseCompile(await output(folder, 'typescript/bin/tsc', ['-b', ...folders])),
    remove: () => rm(folder, { recursive: true }),
  };
}

/** The output of a tool. A failure is expected; a tool that cannot start is an error. */
function output(folder: string, tool: string, args: readonly string[]): Promise<string> {
  const script = join(root, 'node_modules', tool);
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [script, ...args],
      { cwd: folder, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error === null || stdout !== '') resolve(stdout);
        else reject(new Error(`${tool} printed nothing: ${stderr}`, { cause: error }));
      },
    );
  });
}

const lintOutput = z.object({
  diagnostics: z.array(
    z.object({
      code: z.string(),
      filename: z.string(),
      labels: z.array(z.object({ span: z.object({ line: z.int() }) })),
    }),
  ),
});

function parseLint(text: string): Complaints {
  const { diagnostics } = lintOutput.parse(JSON.parse(text));
  return distinct(
    diagnostics.map(({ code, filename, labels }) => {
      const file = filename.replaceAll('\\', '/');
      return `${file}:${String(labels[0]?.span.line)} ${code}`;
    }),
  );
}

function parseCompile(text: string): Complaints {
  const complaint = /^(?<file>\S+)\((?<line>\d+),\d+\): error (?<code>TS\d+)/gm;
  return distinct(
    [...text.matchAll(complaint)].map(
      ({ groups }) => `${groups?.['file']}:${groups?.['line']} ${groups?.['code']}`,
    ),
  );
}

/** A line may break a rule twice; that is one complaint. */
function distinct(complaints: readonly string[]): Complaints {
  return [...new Set(complaints)].toSorted();
}
