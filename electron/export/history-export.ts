import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CSV_START, csvLine, csvSeparator } from '../../shared/csv/write-csv.ts';
import type { HistoryFilter, HistoryPlace } from '../../shared/history-query.ts';
import type { Progress, State } from '../../shared/invitation.ts';
import type { Business } from '../../shared/settings.ts';
import { createCsvTimestamps, csvTimestamp } from './csv-timestamp.ts';
import type { ExportRow, HistoryVerbs } from '../store/history/history.ts';
import { writeViaTempFile } from '../files/write-via-temp-file.ts';
import { whyNotWritten } from './csv-file.ts';

const HEAD = [
  'history.saved',
  'history.phone',
  'history.name',
  'history.state',
  'history.stateSince',
  'history.delivery',
  'history.evidence',
  'history.partoo',
  'history.business',
  'history.staff',
  'history.consent',
  'history.consentStaff',
  'history.forced',
  'history.message',
] as const;
type Accepted = Extract<Progress, { readonly state: 'accepted' }>;
/** A text of the translations. */
export type ExportWord =
  | `settings.doNotContact.columns.${'phone' | 'since' | 'staff'}`
  | `settings.desks.column.${'site' | 'code' | 'desks' | 'silent' | 'waiting' | 'oldest' | 'seen'}`
  | (typeof HEAD)[number]
  | `state.${State}`
  | `delivery.${NonNullable<Accepted['delivery']>}`
  | `evidence.${Accepted['evidence']}`;
type Say = (word: ExportWord) => string;

/** Where an export is written, and its translated texts. */
export type ExportPort = {
  /** Asks the user for a file. Undefined: cancelled. */
  readonly chooseFile: (suggestedName: string) => Promise<string | undefined>;
  readonly words: () => Say | Promise<Say>;
  /** The regional format of the PC (BCP 47): decides the separator of the cells. */
  readonly regionalFormat: string;
};

export type ExportParts = ExportPort & {
  readonly store: Pick<HistoryVerbs, 'listForExport'>;
  readonly businesses: () => readonly Business[];
  readonly now: () => number;
  /** Called regularly with the number of rows written. */
  readonly onProgress: (rows: number) => void;
};

export type Exported =
  | { readonly kind: 'saved'; readonly rows: number; readonly fileName: string }
  | { readonly kind: 'cancelled' }
  /** A word for the file system error: never a path. */
  | { readonly kind: 'file'; readonly why: 'full' | 'denied' | 'failed' }
  /** Another export is running. */
  | { readonly kind: 'busy' };

export type HistoryExport = {
  /** Writes the filtered history to a file that the user chooses. */
  readonly start: (filter: HistoryFilter) => Promise<Exported>;
  /** Cancels the running export, which leaves no file; resolves when it has ended. */
  readonly cancel: () => Promise<void>;
};

/** Rows per piece: some ten milliseconds. */
const PIECE = 500;
const PROGRESS_EVERY = 10_000;

/**
 * Exports the history of one desk session, one export at a time, in pieces: memory stays constant and the desk stays
 * responsive.
 */
export function createHistoryExport(parts: ExportParts): HistoryExport {
  let underWay: { isCancelled: boolean; readonly ended: Promise<Exported> } | undefined;

  const run = async (filter: HistoryFilter, isCancelled: () => boolean): Promise<Exported> => {
    const day = csvTimestamp(parts.now()).slice(0, 10);
    const path = await parts.chooseFile(`deskbell-${day}.csv`);
    if (path === undefined || isCancelled()) return { kind: 'cancelled' };
    try {
      const rows = await writeViaTempFile(path, (unfinished) =>
        writeAll(parts, filter, unfinished, isCancelled),
      );
      if (rows === undefined) return { kind: 'cancelled' };
      return { kind: 'saved', rows, fileName: basename(path) };
    } catch (error) {
      const why = whyNotWritten(error);
      if (why === undefined) throw error;
      return { kind: 'file', why };
    }
  };

  return {
    start: async (filter) => {
      if (underWay !== undefined) return { kind: 'busy' };
      const mine = { isCancelled: false };
      const ended = run(filter, () => mine.isCancelled).finally(() => {
        underWay = undefined;
      });
      underWay = Object.assign(mine, { ended });
      return ended;
    },
    cancel: async () => {
      if (underWay === undefined) return;
      underWay.isCancelled = true;
      await underWay.ended.catch(() => {});
    },
  };
}

/** Returns the number of rows written; undefined when cancelled. */
async function writeAll(
  parts: ExportParts,
  filter: HistoryFilter,
  path: string,
  isCancelled: () => boolean,
): Promise<number | undefined> {
  const file = await open(path, 'wx', 0o600);
  try {
    const pieces = readPieces(parts, filter);
    let rows = 0;
    let told = 0;
    let next = await pieces.next();
    while (next.done !== true) {
      if (isCancelled()) return undefined;
      rows += next.value.rows;
      if (rows - told >= PROGRESS_EVERY) {
        told = rows;
        parts.onProgress(rows);
      }
      // Read the next piece while the disk writes this one.
      [, next] = await Promise.all([file.appendFile(next.value.text), pieces.next()]);
    }
    await file.sync();
    return rows;
  } finally {
    await file.close();
  }
}

/** Generates the text of the file in pieces; yields to the event loop between them. */
async function* readPieces(
  { store, words, businesses, regionalFormat }: ExportParts,
  filter: HistoryFilter,
): AsyncGenerator<{ readonly text: string; readonly rows: number }> {
  const t = await words();
  const separator = csvSeparator(regionalFormat);
  const cellsOf = createCells(t, new Map(businesses().map(({ id, name }) => [id, name])));
  const line = (cells: readonly string[]): string => csvLine(cells, separator);
  yield { text: CSV_START + line(HEAD.map((word) => t(word))), rows: 0 };
  let before: HistoryPlace | null = null;
  do {
    await setImmediate();
    const page = store.listForExport({ filter, before, limit: PIECE });
    yield { text: page.rows.map((row) => line(cellsOf(row))).join(''), rows: page.rows.length };
    before = page.next;
  } while (before !== null);
}

function createCells(
  t: Say,
  businesses: ReadonlyMap<string, string>,
): (row: ExportRow) => readonly string[] {
  const saved = createCsvTimestamps();
  const since = createCsvTimestamps();
  // Cache the translations: a file repeats the same few words a million times, and each look-up is slow.
  const state = remember((one: State) => t(`state.${one}`));
  const delivery = remember((one: NonNullable<Accepted['delivery']>) => t(`delivery.${one}`));
  const evidence = remember((one: Accepted['evidence']) => t(`evidence.${one}`));
  return ([
    ,
    queuedAt,
    phone,
    name,
    staff,
    itsState,
    stateAt,
    itsDelivery,
    itsEvidence,
    refusalText,
    businessId,
    consentAt,
    consentBy,
    forceReason,
    content,
  ]) => [
    saved(queuedAt),
    phone,
    name,
    state(itsState),
    since(stateAt),
    itsDelivery === null ? '' : delivery(itsDelivery),
    itsEvidence === null ? '' : evidence(itsEvidence),
    refusalText ?? '',
    businesses.get(businessId) ?? businessId,
    staff ?? '',
    consentAt === null ? '' : csvTimestamp(consentAt),
    consentBy ?? '',
    forceReason ?? '',
    content ?? '',
  ];
}

function remember<W extends string>(say: (word: W) => string): (word: W) => string {
  const known = new Map<W, string>();
  return (word) => {
    const said = known.get(word) ?? say(word);
    known.set(word, said);
    return said;
  };
}
