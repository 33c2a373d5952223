import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeFileAtomically } from '../../../electron/files/write-file-atomically.ts';

test('replaces a file, for this user only, and leaves no other', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'deskbell-'));
  const file = path.join(folder, 'record.json');
  writeFileSync(file, 'old', { mode: 0o644 });
  writeFileAtomically(file, 'new');
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['record.json']);
  // Windows has no file modes.
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});
