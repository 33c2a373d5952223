import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Whether disks can be created here: only root can. */
export const canMount = process.platform === 'linux' && process.geteuid?.() === 0;

export type SmallDisk = {
  /** Fills the disk. */
  readonly fill: () => void;
  readonly empty: () => void;
  /** From now on nothing can be written, as on a disk that the system found faulty. */
  readonly protect: () => void;
};

/** A small separate disk at this folder, for the running test; undefined where mounting is not permitted. */
export function aSmallDisk(folder: string): SmallDisk | undefined {
  mkdirSync(folder, { recursive: true });
  const disk = ['-t', 'tmpfs', '-o', 'size=64m', 'deskbell-test', folder];
  if (spawnSync('mount', disk).status !== 0) return undefined;
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  const filling = join(folder, 'filling');
  return {
    fill: () => {
      mkdirSync(filling);
      for (const bytes of [1 << 20, 4_096, 512])
        for (let nth = 0; statfsSync(folder).bavail > 0; nth += 1) {
          try {
            writeFileSync(join(filling, `${bytes}-${nth}`), Buffer.alloc(bytes, 1));
          } catch {
            // The part that fitted is there.
            break;
          }
        }
    },
    empty: () => rmSync(filling, { recursive: true }),
    protect: () => {
      const { status } = spawnSync('mount', ['-o', 'remount,ro', folder]);
      if (status !== 0) throw new Error('the disk cannot be protected');
    },
  };
}
