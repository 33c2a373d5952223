import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStateFile } from '../../../electron/practice/state-file.ts';
import { seedState } from '../../../electron/practice/seed-data.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskbell-practice-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('saved state is read by the next run, from one file', () => {
  const path = join(folder, 'simulator.json');
  const state = seedState(1_000_000_000_000);
  openStateFile(path).save(state);
  openStateFile(path).save(state);
  expect(openStateFile(path).load()).toEqual(state);
  expect(readdirSync(folder)).toEqual(['simulator.json']);
});

test('a missing or damaged file is read as empty', () => {
  const path = join(folder, 'simulator.json');
  expect(openStateFile(path).load()).toBeUndefined();
  writeFileSync(path, '{"invitations":[');
  expect(openStateFile(path).load()).toBeUndefined();
});
