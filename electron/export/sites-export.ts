import { basename } from 'node:path';
import type { DeskReport } from '../../shared/other-desks.ts';
import type { EpochMs } from '../../shared/time.ts';
import { csvTimestamp } from './csv-timestamp.ts';
import { whyNotWritten, writeCsvFile } from './csv-file.ts';
import type { Exported, ExportPort } from './history-export.ts';

export type SitesExportParts = ExportPort & {
  /** Reads the sites again, so that the page decides nothing about the file. */
  readonly readReport: () => Promise<Pick<DeskReport, 'sites'> | undefined>;
  readonly now: () => EpochMs;
};

export type SitesExported =
  | Exclude<Exported, { readonly kind: 'busy' }>
  /** The site database cannot be asked now, or this is no desk of the office. */
  | { readonly kind: 'unavailable' };

const timestamp = (at: EpochMs | null): string => (at === null ? '' : csvTimestamp(at));

/** Writes the counts of all sites to a file that the user chooses. They name no customer. */
export async function exportSites(parts: SitesExportParts): Promise<SitesExported> {
  const sites = (await parts.readReport())?.sites ?? null;
  if (sites === null) return { kind: 'unavailable' };
  const day = csvTimestamp(parts.now()).slice(0, 10);
  const path = await parts.chooseFile(`deskbell-sites-${day}.csv`);
  if (path === undefined) return { kind: 'cancelled' };
  const t = await parts.words();
  const head = [
    t('settings.desks.column.site'),
    t('settings.desks.column.code'),
    t('settings.desks.column.desks'),
    t('settings.desks.column.silent'),
    t('settings.desks.column.waiting'),
    t('settings.desks.column.oldest'),
    t('settings.desks.column.seen'),
  ];
  const rows = sites.map((site) => [
    site.name,
    site.code,
    String(site.desks),
    String(site.silentDesks),
    String(site.waiting),
    timestamp(site.oldestWaitingAt),
    timestamp(site.lastSeenAt),
  ]);
  try {
    await writeCsvFile(path, parts.regionalFormat, [head, ...rows]);
  } catch (error) {
    const why = whyNotWritten(error);
    if (why === undefined) throw error;
    return { kind: 'file', why };
  }
  return { kind: 'saved', rows: rows.length, fileName: basename(path) };
}
