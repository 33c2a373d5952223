import { describe, expect, test } from 'vitest';
import { isInstalled } from '../../build/setup/dependencies.mjs';

const machine = { os: 'linux', cpu: 'x64', libc: 'glibc' };

const manifest = { dependencies: { undici: '7.0.0' }, devDependencies: { vite: '8.0.0' } };
const undici = { version: '7.0.0', integrity: 'sha512-a' };
const vite = { version: '8.0.0', integrity: 'sha512-b' };
const lock = {
  packages: { '': manifest, 'node_modules/undici': undici, 'node_modules/vite': vite },
};
const installed = { packages: { 'node_modules/undici': undici, 'node_modules/vite': vite } };

describe('node_modules matches the lock file', () => {
  test('when every package is installed in its version', () => {
    expect(isInstalled({ manifest, lock, installed }, machine)).toBe(true);
  });

  test('also when the manifest changed elsewhere', () => {
    const files = { manifest: { ...manifest, scripts: {} }, lock, installed };
    expect(isInstalled(files, machine)).toBe(true);
  });

  test('also when the lock file does not know the content of a package', () => {
    const vague = { packages: { ...lock.packages, 'node_modules/vite': { version: '8.0.0' } } };
    expect(isInstalled({ manifest, lock: vague, installed }, machine)).toBe(true);
  });

  test.each([
    ['no installation was completed', undefined],
    ['a package is missing', { packages: { 'node_modules/undici': undici } }],
    [
      'a package has another version',
      { packages: { ...installed.packages, 'node_modules/vite': { ...vite, version: '7.9.9' } } },
    ],
    [
      'a package has another content',
      { packages: { ...installed.packages, 'node_modules/vite': { ...vite, integrity: 'x' } } },
    ],
  ])('is false when %s', (_, actual) => {
    expect(isInstalled({ manifest, lock, installed: actual }, machine)).toBe(false);
  });

  test('is false when the manifest asks for more than the lock file has', () => {
    const wider = { ...manifest, dependencies: { ...manifest.dependencies, zod: '4.0.0' } };
    expect(isInstalled({ manifest: wider, lock, installed }, machine)).toBe(false);
  });
});

describe('an optional package', () => {
  const withOptional = (mark: object) => ({
    packages: {
      ...lock.packages,
      'node_modules/binding': { version: '1.0.0', optional: true, ...mark },
    },
  });

  test.each([
    [{ os: ['linux'], cpu: ['x64'], libc: ['glibc'] }],
    [{ os: ['linux', 'darwin'], cpu: ['x64', 'arm64'] }],
    [{ os: ['linux'] }],
  ])('counts as missing when it is made for this machine: %j', (mark) => {
    expect(isInstalled({ manifest, lock: withOptional(mark), installed }, machine)).toBe(false);
  });

  test.each([
    [{ os: ['darwin'], cpu: ['x64'] }],
    [{ os: ['linux'], cpu: ['arm64'] }],
    [{ os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    [{ cpu: ['wasm32'] }],
    [{}],
  ])(
    'does not count as missing for another machine, or when only such a machine needs it: %j',
    (mark) => {
      expect(isInstalled({ manifest, lock: withOptional(mark), installed }, machine)).toBe(true);
    },
  );
});
