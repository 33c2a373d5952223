import { describe, expect, test } from 'vitest';
import { choosePackages, parsePackageNames } from '../../build/setup/libraries.mjs';

const wanted = ['libgtk-3-0', 'libnss3'];

describe('choosePackages', () => {
  test('keeps the names of Debian 12', () => {
    expect(choosePackages(wanted, new Set(wanted))).toEqual(wanted);
  });

  test('takes the new name of a package rebuilt for 64-bit time, even where the old one remains', () => {
    const available = new Set(['libgtk-3-0t64', 'libgtk-3-0', 'libnss3']);
    expect(choosePackages(wanted, available)).toEqual(['libgtk-3-0t64', 'libnss3']);
  });

  test('passes an unknown name to apt, which reports it', () => {
    expect(choosePackages(wanted, new Set())).toEqual(wanted);
  });
});

test('parsePackageNames reads the records of apt-cache', () => {
  const records = `Package: libgtk-3-0
Source: gtk+3.0
Description: Package: not this one

Package: libnss3
Version: 2:3.87.1
`;
  expect([...parsePackageNames(records)]).toEqual(['libgtk-3-0', 'libnss3']);
});
