import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../../../build/setup/paths.mjs';

const INCLUDE = join(root, 'build/package/installer.nsh');

test('[row 175] the installer lets only administrators write the machine-wide configuration', () => {
  const script = readFileSync(INCLUDE, 'utf8');
  const calls = [...script.matchAll(/icacls\.exe" "\$APPDATA\\deskbell" (.+) \/Q'/g)];
  expect(calls.map(([, call]) => call)).toEqual([
    '/setowner *S-1-5-32-544',
    '/reset /T /C',
    // SYSTEM and administrators may do everything, users may read; nothing is inherited from ProgramData.
    '/inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX',
  ]);
});

// Debian's package `nsis`; on Windows electron-builder compiles it anyway.
test.runIf(spawnSync('makensis', ['-VERSION']).status === 0)(
  'the additions to the installer compile without a warning',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'deskbell-nsis-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const script = join(folder, 'installer.nsi');
    const lines = [
      'Unicode true',
      'Name "Deskbell"',
      `OutFile "${join(folder, 'Deskbell-setup.exe')}"`,
      'InstallDir "$PROGRAMFILES64\\Deskbell"',
      '!include "LogicLib.nsh"',
      '!define APP_EXECUTABLE_FILENAME "Deskbell.exe"',
      `!include "${INCLUDE}"`,
      'Section',
      '!insertmacro customInstall',
      'WriteUninstaller "$INSTDIR\\uninstall.exe"',
      'SectionEnd',
      'Section "un.install"',
      '!insertmacro customUnInstall',
      'SectionEnd',
    ];
    writeFileSync(script, `${lines.join('\n')}\n`);
    expect(spawnSync('makensis', ['-WX', script], { encoding: 'utf8' }).stdout).toContain(
      'Total size',
    );
  },
);
