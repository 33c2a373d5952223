import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../../build/setup/paths.mjs';

// Packages for other systems cannot be read back here: these tests check their configuration.
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const config = read('electron-builder.yml');

/** The lines below a key, unchanged. */
function below(key: string): string {
  const [, rest = ''] = config.split(new RegExp(`^${key}:\\n`, 'm'));
  return rest.split(/^\S/m)[0] ?? '';
}

describe('the targets of each system', () => {
  test.each([
    ['win', ['nsis', 'portable']],
    ['mac', ['dmg', 'zip']],
    ['linux', ['AppImage', 'deb']],
  ])('%s: %j', (system, kinds) => {
    const found = [...below(system).matchAll(/- target: (\w+).*\n\s+arch: (.+)/g)];
    expect(found.map(([, kind]) => kind)).toEqual(kinds);
    // A Mac gets one application for both.
    const architectures = system === 'mac' ? 'universal' : '[x64, arm64]';
    for (const [, , arch = ''] of found) expect(arch).toBe(architectures);
  });

  test('pack only the native modules that run there', () => {
    for (const [system, kept] of [
      ['win', 'win32-${arch}'],
      ['linux', 'linux-${arch}'],
      ['mac', 'darwin-*'],
    ] as const) {
      expect(below(system)).toContain(`better-sqlite3/prebuilds/!(${kept}).node`);
      expect(below(system)).toContain(`keytar/prebuilds/!(${kept})/**`);
    }
  });
});

test('every fuse has a name and the value that the check expects', () => {
  expect(
    below('electronFuses')
      .trim()
      .split(/\s*\n\s*/),
  ).toEqual([
    'runAsNode: false',
    'enableCookieEncryption: true',
    'enableNodeOptionsEnvironmentVariable: false',
    'enableNodeCliInspectArguments: false',
    'enableEmbeddedAsarIntegrityValidation: true',
    'onlyLoadAppFromAsar: true',
    'loadBrowserProcessSpecificV8Snapshot: false',
    'grantFileProtocolExtraPrivileges: false',
    'resetAdHocDarwinSignature: true',
  ]);
});

describe('Windows', () => {
  test('installs for the whole machine, where only administrators change files', () => {
    expect(below('nsis')).toContain('perMachine: true');
    expect(below('nsis')).toContain('allowToChangeInstallationDirectory: false');
    expect(below('nsis')).toContain('deleteAppDataOnUninstall: false');
  });

  test('passes links after a "--", so that none of them is read as a switch', () => {
    const script = read('build/package/installer.nsh');
    const commands = [...script.matchAll(/shell\\open\\command" "" '(.+)'/g)];
    expect(commands).toHaveLength(1);
    for (const [, command = ''] of commands) expect(command).toMatch(/^"[^"]+" -- "%1"$/);
    expect(script).toContain('DeleteRegKey HKLM "Software\\Classes\\deskbell"');
  });
});

test('macOS gets the hardened runtime and one permission: to compile', () => {
  expect(below('mac')).toContain('hardenedRuntime: true');
  expect(below('mac')).toContain('notarize: true');
  expect(below('mac')).toContain('NSAllowsArbitraryLoads: false');
  const entitlements = read('build/package/entitlements.mac.plist');
  expect([...entitlements.matchAll(/<key>(.+)<\/key>/g)].map(([, name]) => name)).toEqual([
    'com.apple.security.cs.allow-jit',
  ]);
});

test('links of one scheme open Deskbell', () => {
  expect(below('protocols')).toMatch(/schemes: \[deskbell\]/);
});
