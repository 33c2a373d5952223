/** One banned piece of code: where, its text, and the line and rule of each complaint that it must cause. */
export type Ban = {
  readonly name: string;
  readonly file: string;
  readonly lines: readonly string[];
  readonly complaints: readonly string[];
};

/** Every ban except those of imports. */
export const BANS: readonly Ban[] = [
  {
    name: 'any',
    file: 'shared/ban-any.ts',
    lines: ['export type Anything = any;'],
    complaints: ['1 typescript(no-explicit-any)'],
  },
  {
    name: 'a type assertion, but const is none',
    file: 'shared/ban-as.ts',
    lines: [
      "export const kinds = ['a', 'b'] as const;",
      'export const asText = (value: unknown): string => value as string;',
    ],
    complaints: ['2 typescript(consistent-type-assertions)'],
  },
  {
    name: 'a non-null assertion',
    file: 'shared/ban-bang.ts',
    lines: ['export const first = (of: readonly string[]): string => of[0]!;'],
    complaints: ['1 typescript(no-non-null-assertion)'],
  },
  {
    name: 'a default export',
    file: 'shared/ban-default.ts',
    lines: ['export default 1;'],
    complaints: ['1 import(no-default-export)'],
  },
  {
    name: 'an import without its extension',
    file: 'shared/ban-extension.ts',
    lines: ["export { one } from './neighbour';"],
    complaints: ['1 import(extensions)'],
  },
  {
    name: 'a cycle',
    file: 'shared/ban-cycle.ts',
    lines: ["import type { B } from './ban-cycle-back.ts';", 'export type A = { readonly b: B };'],
    complaints: ['1 import(no-cycle)'],
  },
  {
    name: 'a cycle, seen from its other end',
    file: 'shared/ban-cycle-back.ts',
    lines: ["import type { A } from './ban-cycle.ts';", 'export type B = { readonly a: A };'],
    complaints: ['1 import(no-cycle)'],
  },
  {
    name: 'the time in shared',
    file: 'shared/ban-time.ts',
    lines: ['export const now = (): number => Date.now();', 'export const today = new Date();'],
    complaints: [
      '1 eslint(no-restricted-globals)',
      '1 eslint(no-restricted-properties)',
      '2 eslint(no-restricted-globals)',
    ],
  },
  {
    name: 'the time, waiting and chance in the core',
    file: 'electron/outbox/ban-time.ts',
    lines: [
      'export const now = (): number => Date.now();',
      'export const today = (): string => String(new Date());',
      'export const soon: unknown = setTimeout;',
      'export const later: unknown = globalThis.setTimeout;',
      'export const dice = (): number => Math.random();',
    ],
    complaints: [
      '1 eslint(no-restricted-globals)',
      '1 eslint(no-restricted-properties)',
      '2 eslint(no-restricted-globals)',
      '3 eslint(no-restricted-globals)',
      '4 eslint(no-restricted-globals)',
      '5 eslint(no-restricted-properties)',
    ],
  },
  {
    name: 'the clock of the PC in the page',
    file: 'renderer/ban-time.ts',
    lines: ['export const now = (): number => Date.now();'],
    complaints: ['1 eslint(no-restricted-properties)'],
  },
  {
    name: 'a floating promise',
    file: 'electron/ban-floating.ts',
    lines: ['export function start(run: () => Promise<void>): void {', '  run();', '}'],
    complaints: ['2 typescript(no-floating-promises)'],
  },
  {
    name: 'a promise where nobody waits for it',
    file: 'electron/ban-misused.ts',
    lines: [
      'export function each(run: (n: number) => Promise<void>): void {',
      '  [1, 2].forEach(async (n) => {',
      '    await run(n);',
      '  });',
      '}',
    ],
    complaints: ['2 typescript(no-misused-promises)'],
  },
  {
    name: 'a switch that misses a kind, whatever its default',
    file: 'electron/ban-switch.ts',
    lines: [
      "type Light = 'red' | 'amber' | 'green';",
      'export function mayGo(light: Light): boolean {',
      '  switch (light) {',
      "    case 'green':",
      '      return true;',
      '    default:',
      '      return false;',
      '  }',
      '}',
    ],
    complaints: ['3 typescript(switch-exhaustiveness-check)'],
  },
  {
    name: 'throwing what is no error',
    file: 'electron/ban-throw.ts',
    lines: ['export function fail(): never {', "  throw 'no';", '}'],
    complaints: ['2 typescript(only-throw-error)'],
  },
  {
    name: 'the console',
    file: 'electron/ban-console.ts',
    lines: ["export const say = (): void => console.log('ding');"],
    complaints: ['1 eslint(no-console)'],
  },
  {
    name: 'HTTP without undici',
    file: 'electron/ban-fetch.ts',
    lines: ["export const ask = (): Promise<Response> => fetch('https://example.com');"],
    complaints: ['1 eslint(no-restricted-globals)'],
  },
  ...['electron/lifecycle', 'electron/store/file', 'electron/os', 'electron/practice'].map(
    (folder) => ({
      name: `renaming in ${folder} (row 170)`,
      file: `${folder}/ban-rename.ts`,
      lines: [
        "export { renameSync } from 'node:fs';",
        "export { rmSync, unlinkSync, rmdirSync } from 'node:fs';",
        "import { promises } from 'node:fs';",
        "export const move = (): Promise<void> => promises.rename('a', 'b');",
        "export const remove = (): Promise<void> => promises.rm('a');",
      ],
      complaints: [
        '1 eslint(no-restricted-imports)',
        '2 eslint(no-restricted-imports)',
        '4 eslint(no-restricted-properties)',
        '5 eslint(no-restricted-properties)',
      ],
    }),
  ),
  {
    name: 'raw ipcMain outside main',
    file: 'electron/window/main-window.ts',
    lines: ["export { ipcMain } from 'electron/main';", "export * as main from 'electron/main';"],
    complaints: ['1 eslint(no-restricted-imports)', '2 eslint(no-restricted-imports)'],
  },
  {
    name: 'ipcMain used in main instead of handed on',
    file: 'electron/main.ts',
    lines: ["import { ipcMain } from 'electron/main';", "ipcMain.handle('x', () => 1);"],
    complaints: ['2 eslint(no-restricted-properties)'],
  },
  {
    name: 'Node in the preload script',
    file: 'electron/preload.ts',
    lines: ['export const home = (): unknown => process.env;'],
    complaints: ['1 eslint(no-restricted-globals)'],
  },
  {
    name: 'literal text',
    file: 'renderer/ban-text.tsx',
    lines: [
      'type Words = { readonly t: (key: string) => string; readonly busy: boolean };',
      'export const Page = ({ t, busy }: Words) => (',
      '  <main className="page" aria-busy={busy}>',
      "    <p>{t('invite.title')}</p>",
      '    <p>Send</p>',
      "    <p>{'Send'}</p>",
      '    <p>{`Send`}</p>',
      '    <input type="text" placeholder="06 39" aria-label={t(\'phone\')} />',
      '    <input type="text" aria-label="Phone number" />',
      '  </main>',
      ');',
    ],
    complaints: [
      '5 react(jsx-no-literals)',
      '6 react(jsx-no-literals)',
      '7 react(jsx-no-literals)',
      '8 react(jsx-no-literals)',
      '9 react(jsx-no-literals)',
    ],
  },
  {
    name: 'the bridge, the network and storage in the page',
    file: 'renderer/ban-bridge.ts',
    lines: [
      'export const raw = (): unknown => window.deskbell;',
      "export const ask = (): unknown => fetch('https://example.com');",
      "export const kept = (): unknown => window.localStorage.getItem('x');",
    ],
    complaints: [
      '1 eslint(no-restricted-properties)',
      '2 eslint(no-restricted-globals)',
      '3 eslint(no-restricted-globals)',
    ],
  },
  {
    name: 'a hook under a condition',
    file: 'renderer/ban-hook.ts',
    lines: [
      "import { useState } from 'react';",
      'export function useSometimes(when: boolean): unknown {',
      '  if (when) return useState(0);',
      '  return null;',
      '}',
    ],
    complaints: ['3 react-hooks(rules-of-hooks)'],
  },
  {
    name: 'a picture that a screen reader cannot see',
    file: 'renderer/ban-alt.tsx',
    lines: ['export const Bell = () => <img src="bell.svg" />;'],
    complaints: ['1 jsx-a11y(alt-text)'],
  },
  {
    name: 'a test that is the only one',
    file: 'test/ban-only.test.ts',
    lines: [
      "import { expect, test } from 'vitest';",
      "test.only('one', () => {",
      '  expect(1).toBe(1);',
      '});',
    ],
    complaints: ['2 vitest(no-focused-tests)'],
  },
  {
    name: 'a raw call into the main process (row 166)',
    file: 'test/ban-evaluate.test.ts',
    lines: [
      "import type { ElectronApplication } from 'playwright';",
      "export { _electron } from 'playwright';",
      'export const ask = (electron: ElectronApplication): Promise<number> =>',
      '  electron.evaluate(() => process.pid);',
      'export const keep = async ({ electron }: { electron: ElectronApplication }): Promise<void> => {',
      '  await electron.evaluateHandle(() => process.versions);',
      '};',
    ],
    complaints: [
      '1 eslint(no-restricted-imports)',
      '2 eslint(no-restricted-imports)',
      '4 eslint(no-restricted-properties)',
      '6 eslint(no-restricted-properties)',
    ],
  },
  {
    name: "another linter's way out",
    file: 'shared/ban-disable.ts',
    lines: ['// eslint-disable-next-line', 'export type Anything = any;'],
    complaints: ['2 typescript(no-explicit-any)'],
  },
];
