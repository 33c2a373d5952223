import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../electron/store/file/open-store.ts';
import type { Store } from '../../electron/store/store.ts';
import { EVERYTHING, type HistoryPlace } from '../../shared/history-query.ts';
import { valueLine, type Line } from './line.ts';
import type { Databases } from './databases.ts';
import { median, noise, quantile } from './statistics.ts';

const SMALL = 10_000;
const LARGE = 1_000_000;
const PAGE = 50;

/** Typical searches: a whole number, its end, its middle, a common and an unknown text, names, two digits. */
const TEXTS = ['06 39 98 00 12', '9812', '8 99', '0639', '0799999999', 'léa', 'müller', '42'];

/** The first page of a search: from the query to rows that can be shown. */
export async function measureHistory(
  databases: Databases,
  runs: number,
  say: (line: string) => void,
): Promise<readonly Line[]> {
  const small = await timesIn(databases, SMALL, runs, say);
  const large = await timesIn(databases, LARGE, runs, say);
  return [
    valueLine({
      what: 'first page of a search in the history, slowest text, 1,000,000 rows',
      unit: 'ms',
      ours: Math.max(...large.map(median)),
      noise: Math.max(...large.map(noise)),
      goal: 50,
    }),
    valueLine({
      what: 'the same, p95 of all texts, 1,000,000 rows to 10,000 rows',
      unit: '×',
      ours: quantile(large.flat(), 0.95) / quantile(small.flat(), 0.95),
      goal: 3,
    }),
  ];
}

async function timesIn(
  databases: Databases,
  rows: number,
  runs: number,
  say: (line: string) => void,
) {
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-history-'));
  const path = await databases.putInto(folder, rows);
  const opening = openStore({ path, now: Date.now, onBadRow: () => {} });
  if (opening.kind !== 'open') throw new Error(`The database does not open: ${opening.why}`);
  try {
    return TEXTS.map((text) => {
      const times = Array.from({ length: runs + 1 }, () => timeOf(opening.store, text)).slice(1);
      say(`${rows} rows, “${text}”: ${median(times).toFixed(1)} ms`);
      return times;
    });
  } finally {
    opening.store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Searches on, as the page does, until there is a page or the database ends. */
function timeOf(store: Store, text: string): number {
  const startedMs = performance.now();
  let found = 0;
  let before: HistoryPlace | null = null;
  do {
    const page = store.listFinished({ filter: { ...EVERYTHING, text }, before, limit: PAGE });
    found += page.invitations.length;
    before = page.next;
  } while (found < PAGE && before !== null);
  return performance.now() - startedMs;
}
