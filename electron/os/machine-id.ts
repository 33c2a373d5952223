import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MachineId } from '../../shared/machine-id.ts';

/** A question about the id ends after this time: a PC that does not tell its id is taken for the right one. */
const PATIENCE_MS = 2_000;

export type MachineParts = {
  readonly platform: NodeJS.Platform;
  readonly hostname: () => string;
  /** What a program writes to its standard output. Rejects when it is missing, fails or takes too long. */
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
 * Identifies this PC by a hash of the id that the system has made for it. The hash stays when the PC gets another name. Undefined when it cannot be read.
 */
export async function readMachine(parts: MachineParts = REAL): Promise<MachineId | undefined> {
  const id = await readId(parts).catch(() => undefined);
  if (id === undefined) return undefined;
  // The name was a part of it until version 0.1, but not where it changes with the network.
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
  // Before its first start an image holds the word "uninitialized" there.
  // https://www.freedesktop.org/software/systemd/man/latest/machine-id.html
  return found(await readText('/etc/machine-id'), /^([\da-f]{32})$/m);
}

/** SECURITY: by its whole path, or Windows takes one that lies in the current folder. */
export function regExe(): string {
  return join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'reg.exe');
}

/** Runs a program of the system and reads what it says. Rejects after two seconds. */
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
