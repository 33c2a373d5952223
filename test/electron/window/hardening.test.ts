import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../../build/setup/paths.mjs';

const sources = ['electron', 'renderer', 'shared'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:tsx?|html|css)$/.test(name))
    .map((name) => join(folder, name).replaceAll('\\', '/')),
);

/** APIs that open a hole anywhere, so no file uses them. */
const BANNED = {
  'weakens the isolation of the page':
    /webSecurity|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|webviewTag: true/,
  'runs text':
    /\beval\(|new Function\(|executeJavaScript|insertAdjacentHTML|dangerouslySetInnerHTML/,
  'opens a path or address from outside':
    /openExternal|\bshell\.(?:open|read|write|trash)|child_process/,
  'trusts any certificate':
    /rejectUnauthorized: false|setCertificateVerifyProc|'certificate-error'|NODE_TLS_REJECT_UNAUTHORIZED['"]?\]? =/,
  'uploads memory': /crashReporter/,
  'loads remote code':
    /https?:\/\/(?!127\.0\.0\.1|localhost|\[::1\])[^\s'"`]*\.(?:js|css|woff2?)\b/,
} as const;

/** Allowed uses, with constant text only: the id of the PC, and the licences of the browser. */
const FIXED = ['electron/os/machine-id.ts', 'electron/window/about.ts'];

test.each(Object.entries(BANNED))('no source file %s', (_, pattern) => {
  const found = sources
    .filter((file) => !FIXED.includes(file))
    .filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')));
  expect(found).toEqual([]);
});

test('the search covers some files', () => {
  expect(sources.length).toBeGreaterThan(100);
});
