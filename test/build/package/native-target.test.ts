import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { machineOf } from '../../../build/package/native-target.mjs';
import { root } from '../../../build/setup/paths.mjs';

const prebuilds = join(root, 'node_modules/better-sqlite3/prebuilds');

test.each(['linux-x64', 'linux-arm64', 'win32-x64', 'win32-arm64', 'darwin-x64', 'darwin-arm64'])(
  'recognises a module made for %s',
  (machine) => {
    expect(machineOf(readFileSync(join(prebuilds, `${machine}.node`)))).toBe(machine);
  },
);

test('recognises no other file as a module', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(machineOf(Buffer.from(bytes))).toBeUndefined();
    }),
  );
});
