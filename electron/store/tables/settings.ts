import type Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { type PartialSettings, partialSettingsSchema } from '../../../shared/settings.ts';
import { describeIssues, type OnBadRow } from '../rows/bad-row.ts';
import { jsonColumn } from '../rows/json-column.ts';
import type { StatementCache } from '../statement-cache.ts';

export const SETTING_SQL = {
  all: 'SELECT name, value FROM setting ORDER BY name',
  save: `
    INSERT INTO setting (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
} as const;

export type SettingVerbs = {
  /** The saved settings. Skips and reports an invalid value, so that its default applies. */
  readonly readSettings: () => PartialSettings;
  /** Saves all of these settings, or none; the others stay unchanged. */
  readonly saveSettings: (settings: PartialSettings) => void;
};

type SettingParts = {
  readonly db: Database.Database;
  readonly statement: StatementCache;
  readonly onBadRow: OnBadRow;
};

/** Creates the reads and writes of this PC's settings; the managed configuration is not stored here. */
export function createSettings({ db, statement, onBadRow }: SettingParts): SettingVerbs {
  const parseSetting = (found: unknown): PartialSettings => {
    const { name, value } = settingRowSchema.parse(found);
    const json = jsonColumn.safeParse(value);
    const setting = json.success ? partialSettingsSchema.safeParse({ [name]: json.data }) : json;
    if (setting.success) return setting.data;
    onBadRow({ table: 'setting', key: name, why: describeIssues(setting.error) });
    return {};
  };

  const save = db.transaction((settings: PartialSettings): void => {
    for (const [name, value] of Object.entries(settings)) {
      if (value === undefined) continue;
      statement(SETTING_SQL.save).run({ name, value: JSON.stringify(value) });
    }
  });

  return {
    readSettings: () => {
      const settings: PartialSettings = {};
      for (const found of statement(SETTING_SQL.all).all()) {
        Object.assign(settings, parseSetting(found));
      }
      return settings;
    },
    saveSettings: (settings) => save.immediate(settings),
  };
}

/** A stored setting. */
export const settingRowSchema = z.object({ name: z.string(), value: z.string() });
