import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PRACTICE_BUSINESSES } from '../../../../electron/practice/seed-data.ts';
import { openSimulator } from '../../../../electron/practice/simulator.ts';
import { systemClock } from '../../../../electron/os/system-clock.ts';
import { newPath } from '../../../support/builders/store.ts';
import { bundle, linesOf } from '../file/in-a-process.ts';
import { keepOnDisk } from '../../../support/on-disk.ts';

keepOnDisk();

const CALLS = 'trace=write,writev,pwrite64,sendto,sendmsg,fsync,fdatasync';

// Only Linux has a tracer that is available to every developer; its result is valid for SQLite's files everywhere.
const canTrace =
  process.platform === 'linux' &&
  spawnSync('strace', ['-e', 'trace=write', 'true'], { stdio: 'ignore' }).status === 0;

test.runIf(process.platform === 'linux')(
  '[row 9] [I2] no request before its claim is on disk: a sync lies between each claim and its first byte',
  async () => {
    expect(canTrace, 'strace is needed: install it, or allow ptrace').toBe(true);
    const vendor = await openSimulator({ clock: systemClock });
    onTestFinished(() => vendor.close());
    const program = await bundle(join(import.meta.dirname, 'order-process.ts'));
    onTestFinished(program.remove);
    const path = newPath();
    const trace = join(dirname(program.path), 'trace');
    const args = [program.path, path, vendor.apiUrl.href, vendor.key, PRACTICE_BUSINESSES[0].id];
    const traced = spawn(
      'strace',
      ['-f', '-y', '-s', '64', '-e', CALLS, '-o', trace, process.execPath, ...args],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await linesOf(traced);
    expect(traced.exitCode).toBe(0);

    const calls = readFileSync(trace, 'utf8').split('\n');
    const posts = calls.flatMap((call, at) => (call.includes('"POST ') ? [at] : []));
    expect(posts).toHaveLength(10);
    for (const [nth, post] of posts.entries()) {
      const before = calls.slice(0, post);
      const written = before.findLastIndex((call) => /pwrite64\(\d+<[^>]*-wal>/.test(call));
      const synced = before.findLastIndex((call) => /f(?:data)?sync\(\d+<[^>]*-wal>/.test(call));
      expect(written).toBeGreaterThan(posts[nth - 1] ?? 0);
      expect(synced).toBeGreaterThan(written);
    }
    expect(vendor.sms()).toHaveLength(10);
  },
);
