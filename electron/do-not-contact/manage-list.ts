import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type {
  DoNotContact,
  FileReading,
  ListColumn,
  ListExport,
  ListPage,
  ListPlace,
} from '../../shared/do-not-contact.ts';
import type { Country, E164 } from '../../shared/phone/e164.ts';
import { e164Digits } from '../../shared/search-terms.ts';
import { writeCsvFile } from '../export/csv-file.ts';
import type { ExportPort } from '../export/history-export.ts';
import type { Store } from '../store/store.ts';
import type { Column } from './detect-columns.ts';
import type { Table } from './read-table.ts';

export type ListManagerParts = {
  readonly store: Store;
  readonly exportPort: ExportPort;
  /** Asks the user which file to import. Undefined: cancelled. */
  readonly chooseSource: () => Promise<string | undefined>;
  /** Called when a number is new on the list. */
  readonly onAdded: () => void;
  /** Called when a number was removed from the list. */
  readonly onRemoved: (phone: E164) => void;
  /** Ends unsent invitations to the numbers of the list. */
  readonly endUnwanted: () => void;
  readonly country: () => Country;
  readonly now: () => number;
  readonly newId: () => string;
};

/** The manager's view of the do-not-contact list. The page never learns a file path. */
export type ListManager = {
  readonly list: (query: { readonly text: string; readonly before: ListPlace | null }) => ListPage;
  /** Adds a number; returns how many are new: one, or none. */
  readonly put: (phone: E164) => number;
  readonly remove: (phone: E164) => void;
  readonly exportFile: () => Promise<ListExport>;
  /** Lets the user choose a file and reads it; imports nothing yet. */
  readonly readImport: () => Promise<FileReading>;
  /**
   * Reads the file again by the chosen columns, and remembers them for files with the same headings; undefined when
   * the token is not that of the last reading.
   */
  readonly chooseColumns: (
    token: string,
    columns: readonly number[],
  ) => Promise<FileReading | undefined>;
  /** Imports the reading with this token, all or nothing; undefined when it is not the last reading. */
  readonly importRead: (token: string) => number | undefined;
};

const PAGE = 100;
/** 50,000 lines are some 4 MB. */
const BYTES_MAX = 16 * 1024 * 1024;
const PROBLEMS_MAX = 1_000;
const COLUMNS_MAX = 50;

/** The last file read. */
type Read = {
  readonly token: string;
  readonly fileName: string;
  readonly table: Table;
  readonly columns: readonly Column[];
  /** The entries that would be new on the list. */
  readonly entries: readonly DoNotContact[];
};

/** Opens the list of one database. */
export function createListManager(parts: ListManagerParts): ListManager {
  const { store, now } = parts;
  let read: Read | undefined;

  const take = async (path: string): Promise<FileReading> => {
    const found = await stat(path);
    // A pipe or a device has no end.
    if (!found.isFile()) return { kind: 'unreadable', why: 'no-table' };
    if (found.size > BYTES_MAX) return { kind: 'unreadable', why: 'too-large' };
    const [{ readColumns }, { readTable }] = await Promise.all([
      import('./parse-list.ts'),
      import('./read-table.ts'),
    ]);
    const table = await readTable(await readFile(path));
    if (table === undefined) return { kind: 'unreadable', why: 'no-table' };
    const file = { token: parts.newId(), fileName: basename(path), table };
    const columns = await readColumns(table, parts.country());
    if (!columns.some(({ isUnclear }) => isUnclear)) return reading({ ...file, columns }, null);
    read = { ...file, columns, entries: [] };
    const before = store.readListColumns(headingKey(table));
    const { token, fileName } = file;
    return { kind: 'columns', token, fileName, columns: shownColumns(columns, before) };
  };

  const reading = async (
    file: Omit<Read, 'entries'>,
    chosen: readonly number[] | null,
  ): Promise<FileReading> => {
    const { parseList: readList } = await import('./parse-list.ts');
    const facts = { country: parts.country(), now: now() };
    const list = await readList(file.table, file.columns, chosen, facts);
    const entries = list.entries.filter(({ phone }) => store.findDoNotContact(phone) === undefined);
    read = { ...file, entries };
    return {
      kind: 'read',
      token: file.token,
      fileName: file.fileName,
      fresh: entries.length,
      known: list.entries.length - entries.length,
      doubled: list.doubled,
      landlines: list.landlines,
      without: list.without,
      columns: shownColumns(file.columns, chosen ?? undefined),
      problems: list.problems.slice(0, PROBLEMS_MAX),
      problemCount: list.problems.length,
    };
  };

  const add = (entries: readonly DoNotContact[]): number => {
    const added = store.importDoNotContact(entries);
    if (added === 0) return 0;
    parts.onAdded();
    parts.endUnwanted();
    return added;
  };

  return {
    list: ({ text, before }) => ({
      ...store.listDoNotContact({ digits: e164Digits(text), before, limit: PAGE }),
      elsewhere: store.countRefusalsElsewhere(),
    }),
    put: (phone) => add([{ phone, since: now(), staff: null }]),
    remove: (phone) => {
      store.removeDoNotContact(phone);
      parts.onRemoved(phone);
    },
    exportFile: async () => {
      const day = isoInstant(now()).slice(0, 10);
      const path = await parts.exportPort.chooseFile(`deskbell-do-not-contact-${day}.csv`);
      if (path === undefined) return { kind: 'cancelled' };
      try {
        const count = await writeList(parts, path);
        return { kind: 'saved', fileName: basename(path), count };
      } catch (error) {
        return { kind: 'unwritable', why: fileTrouble(error) };
      }
    },
    readImport: async () => {
      read = undefined;
      const path = await parts.chooseSource();
      if (path === undefined) return { kind: 'cancelled' };
      try {
        return await take(path);
      } catch (error) {
        const why = fileTrouble(error);
        return { kind: 'unreadable', why: why === 'full' ? 'failed' : why };
      }
    },
    chooseColumns: async (token, columns) => {
      if (read?.token !== token) return undefined;
      store.keepListColumns(headingKey(read.table), columns);
      return reading(read, columns);
    },
    importRead: (token) => {
      if (read?.token !== token) return undefined;
      const { entries } = read;
      read = undefined;
      return add(entries);
    },
  };
}

/**
 * The columns offered for the choice: only those with digits in them. Where there are too many, those with the most
 * numbers are shown.
 */
function shownColumns(
  columns: readonly Column[],
  taken: readonly number[] | undefined,
): readonly ListColumn[] {
  return columns
    .filter(({ samples }) => samples.length > 0)
    .toSorted((one, other) => other.mobiles + other.landlines - (one.mobiles + one.landlines))
    .slice(0, COLUMNS_MAX)
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, heading, samples, mobiles, landlines, isTaken }) => ({
      at,
      heading,
      samples,
      numbers: mobiles + landlines,
      isTaken: taken?.includes(at) ?? isTaken,
    }));
}

/**
 * Identifies files with the same headings, so that the choice of columns is remembered. It is a hash, because a heading
 * may hold personal data.
 */
function headingKey({ heading, rows }: Table): string {
  const cells = heading ?? [String(rows[0]?.cells?.length ?? 0)];
  const text = cells.map((cell) => cell.trim().toLowerCase()).join('\n');
  return createHash('sha256').update(text).digest('hex');
}

/** Writes the whole list or nothing; returns the number of entries. */
async function writeList({ store, exportPort }: ListManagerParts, path: string): Promise<number> {
  const t = await exportPort.words();
  const head = [
    t('settings.doNotContact.columns.phone'),
    t('settings.doNotContact.columns.since'),
    t('settings.doNotContact.columns.staff'),
  ];
  const entries = store.readDoNotContact();
  const rows = entries.map(({ phone, since, staff }) => [phone, isoInstant(since), staff ?? '']);
  await writeCsvFile(path, exportPort.regionalFormat, [head, ...rows]);
  return entries.length;
}

const isoInstant = (at: number): string => new Date(at).toISOString();

/** Maps a file system error to a word, without the path. Anything else is a bug. */
function fileTrouble(error: unknown): 'full' | 'denied' | 'failed' {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) throw error;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return 'full';
  return error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS'
    ? 'denied'
    : 'failed';
}
