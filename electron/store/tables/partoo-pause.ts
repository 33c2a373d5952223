import * as z from 'zod/mini';
import { instantSchema } from '../../../shared/invitation.ts';
import type { OutboxStore } from '../../outbox/store-port.ts';
import { jsonColumn } from '../rows/json-column.ts';
import type { StatementCache } from '../statement-cache.ts';

const PAUSE_SQL = {
  read: 'SELECT pause FROM meta',
  keep: 'UPDATE meta SET pause = :pause',
} as const;

const pauseSchema = z.pipe(jsonColumn, z.strictObject({ host: z.string(), until: instantSchema }));

/** Creates the record of Partoo's last pause. An unreadable one counts as none: Partoo asks for it again. */
export function createPauseRecord(
  statement: StatementCache,
): Pick<OutboxStore, 'readPause' | 'keepPause'> {
  return {
    readPause: () => {
      const parsed = pauseSchema.safeParse(statement(PAUSE_SQL.read).pluck().get());
      return parsed.success ? parsed.data : undefined;
    },
    keepPause: (pause) => {
      statement(PAUSE_SQL.keep).run({ pause: JSON.stringify(pause) });
    },
  };
}
