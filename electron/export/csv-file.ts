import { writeFile } from 'node:fs/promises';
import { CSV_START, csvLine, csvSeparator } from '../../shared/csv/write-csv.ts';
import { writeViaTempFile } from '../files/write-via-temp-file.ts';

/** Writes a whole table or nothing: the file gets its final name when it is complete. */
export async function writeCsvFile(
  path: string,
  regionalFormat: string,
  table: readonly (readonly string[])[],
): Promise<void> {
  const separator = csvSeparator(regionalFormat);
  const text = [CSV_START, ...table.map((cells) => csvLine(cells, separator))].join('');
  await writeViaTempFile(path, async (unfinished) => {
    await writeFile(unfinished, text, { mode: 0o600, flag: 'wx' });
    return 'written';
  });
}

/** Returns a word for a file system error, without the path; undefined for any other error, which is a bug. */
export function whyNotWritten(error: unknown): 'full' | 'denied' | 'failed' | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'full';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EBUSY':
      return 'denied';
    default:
      return 'failed';
  }
}
