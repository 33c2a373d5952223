import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MachineId } from '../../shared/machine-id.ts';

/** After this time the id counts as unreadable, and the PC is taken for the right one. */
const PATIENCE_MS = 2_000;

export type MachineParts = {
  readonly platform: NodeJS.Platform;
  readonly hostname: () => string;
  /** Resolves to the standard output of a program. Rejects when it is missing, fails or takes too long. */
  readonly run: (file: string, args: readonly string[]) => Promise<string>;
  readonly readText: (path: string) => Promise<string>;
};

const REAL: MachineParts = {
  platform: process.platform,
  hostname,
  run: runProgram,
  readText: (path) => readFile(path, 'utf8'),
};

/**
 * Identifies this PC by a hash of the system's machine id. Renaming the PC does not change the hash. Undefined when
 * the id cannot be read.
 */
export async function readMachine(parts: MachineParts = REAL): Promise<MachineId | undefined> {
  const id = await readId(parts).catch(() => undefined);
  if (id === undefined) return undefined;
  // Until version 0.1 the hash included the hostname, except on macOS, where it changes with the network.
  const name = parts.platform === 'darwin' ? '' : parts.hostname();
  return { id: hash(`deskbell ${id}`), formerIds: [hash(`deskbell ${id} ${name}`)] };
}

async function readId({ platform, run, readText }: MachineParts): Promise<string | undefined> {
  if (platform === 'win32') {
    const place = 'HKLM\\SOFTWARE\\Microsoft\\Cryptography';
    const told = await run(regExe(), ['query', place, '/v', 'MachineGuid']);
    return found(told, /MachineGuid\s+REG_SZ\s+(\S+)/);
  }
  if (platform === 'darwin') {
    const told = await run('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']);
    return found(told, /"IOPlatformUUID" = "([^"]+)"/);
  }
  // Before its first start, a system image contains "uninitialized" there.
  // https://www.freedesktop.org/software/systemd/man/latest/machine-id.html
  return found(await readText('/etc/machine-id'), /^([\da-f]{32})$/m);
}

/** SECURITY: an absolute path, because Windows would otherwise run a `reg.exe` from the current folder. */
export function regExe(): string {
  return join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'reg.exe');
}

/** Runs a system program and returns its output. Rejects after two seconds. */
export async function runProgram(file: string, args: readonly string[]): Promise<string> {
  const options = { timeout: PATIENCE_MS, windowsHide: true };
  return (await promisify(execFile)(file, args, options)).stdout;
}

function found(text: string, shape: RegExp): string | undefined {
  return shape.exec(text)?.[1];
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
