import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Nobody waits longer for it: a PC that does not tell its id is taken for the right one. */
const PATIENCE_MS = 2_000;

/**
 * What tells this PC from others, as a hash: its id and, where that does not change with the network, its name, because
 * PCs that are cloned from one image may share the id. Undefined when it cannot be read.
 */
export async function readMachine(
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  const id = await readId(platform).catch(() => undefined);
  if (id === undefined || id === '') return undefined;
  const name = platform === 'darwin' ? '' : hostname();
  return createHash('sha256').update(`deskbell ${id} ${name}`).digest('hex');
}

async function readId(platform: NodeJS.Platform): Promise<string | undefined> {
  if (platform === 'win32') {
    const place = 'HKLM\\SOFTWARE\\Microsoft\\Cryptography';
    // SECURITY: by its whole path, or Windows takes one that lies in the current folder.
    const reg = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'reg.exe');
    const told = await run(reg, ['query', place, '/v', 'MachineGuid']);
    return found(told, /MachineGuid\s+REG_SZ\s+(\S+)/);
  }
  if (platform === 'darwin') {
    const told = await run('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']);
    return found(told, /"IOPlatformUUID" = "([^"]+)"/);
  }
  return (await readFile('/etc/machine-id', 'utf8')).trim();
}

async function run(file: string, args: readonly string[]): Promise<string> {
  const options = { timeout: PATIENCE_MS, windowsHide: true };
  return (await promisify(execFile)(file, args, options)).stdout;
}

function found(text: string, shape: RegExp): string | undefined {
  return shape.exec(text)?.[1];
}
