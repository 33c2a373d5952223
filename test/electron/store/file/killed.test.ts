import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NINE } from '../../../support/builders/row.ts';
import { newPath, open, tamper } from '../../../support/builders/store.ts';
import { bundle, linesOf, run } from './in-a-process.ts';
import { keepOnDisk } from '../../../support/on-disk.ts';

keepOnDisk();

let script: Awaited<ReturnType<typeof bundle>>;

beforeAll(async () => {
  script = await bundle(join(import.meta.dirname, 'claim-process.ts'));
});
afterAll(() => script.remove());

/** What follows each state of an invitation in claim-process. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  waiting: ['waiting', 'sending'],
  sending: ['sending', 'accepted', 'waiting'],
  accepted: ['accepted'],
};

describe('a killed process', () => {
  // Each line is one promise; the process dies at a different step of an invitation each time.
  test.each([1, 2, 3, 7, 11, 18, 25, 40])(
    'after %i promises has kept them all',
    async (promises) => {
      const path = newPath();
      const child = run(script.path, [path]);
      const lines = await linesOf(child, (count) => {
        if (count >= promises) child.kill('SIGKILL');
      });
      expect(lines.length).toBeGreaterThanOrEqual(promises);

      const promised = new Map(
        lines.map((line) => [line.split(' ')[1] ?? '', line.split(' ')[0] ?? '']),
      );
      const store = open(path);
      for (const [id, state] of promised) {
        expect(NEXT[state]).toContain(store.readRow(id)?.invitation.progress.state);
      }

      // The attempts fit the states, whatever it was doing.
      for (const id of promised.keys()) {
        const row = store.readRow(id);
        const attempts = store.listAttempts(id);
        expect(attempts).toHaveLength(row?.attempts ?? -1);
        const underWay = attempts.filter(({ end }) => end === null).length;
        expect(underWay).toBe(row?.invitation.progress.state === 'sending' ? 1 : 0);
      }
      store.close();
      expect(tamper(path, (db) => db.pragma('integrity_check', { simple: true }))).toBe('ok');
    },
  );

  test('leaves its `sending` invitation to be found', async () => {
    const path = newPath();
    const child = run(script.path, [path]);
    await linesOf(child, (count) => {
      if (count >= 2) child.kill('SIGKILL');
    });
    const store = open(path);
    for (const row of store.listRows('sending')) {
      expect(row).toMatchObject({ attempts: 1, lastAttemptAt: NINE, sentAt: NINE });
    }
    expect(store.listRows('sending').length).toBeLessThanOrEqual(1);
  });
});
