import * as z from 'zod/mini';
import {
  type LastChoice,
  lastChoiceSchema,
  type LastChoices,
} from '../../../shared/last-choices.ts';
import { describeIssues, type OnBadRow } from '../rows/bad-row.ts';
import { jsonColumn } from '../rows/json-column.ts';
import type { StatementCache } from '../statement-cache.ts';

export const LAST_CHOICE_SQL = {
  all: 'SELECT kind, business_id, value FROM remembered',
  keep: `
    INSERT INTO remembered (kind, business_id, value) VALUES (:kind, :businessId, :value)
    ON CONFLICT (kind, business_id) DO UPDATE SET value = excluded.value`,
} as const;

export type LastChoiceVerbs = {
  /** The last choices. Skips and reports an unreadable one. */
  readonly readRemembered: () => LastChoices;
  /** Replaces the earlier choice. */
  readonly remember: (choice: LastChoice) => void;
};

/** Creates the record of the last choices at this desk. */
export function createLastChoices(statement: StatementCache, onBadRow: OnBadRow): LastChoiceVerbs {
  const readChoice = (found: unknown): LastChoice | undefined => {
    const { value, ...columns } = lastChoiceRowSchema.parse(found);
    const json = jsonColumn.safeParse(value);
    const choice = json.success ? lastChoiceSchema.safeParse(candidate(columns, json.data)) : json;
    if (choice.success) return choice.data;
    onBadRow({ table: 'remembered', key: columns.kind, why: describeIssues(choice.error) });
    return undefined;
  };
  return {
    readRemembered: () =>
      statement(LAST_CHOICE_SQL.all)
        .all()
        .map(readChoice)
        .filter((choice) => choice !== undefined)
        .reduce(withChoice, { businessId: null, onDuty: null, messages: {} }),
    remember: (choice) => {
      statement(LAST_CHOICE_SQL.keep).run(columnsOf(choice));
    },
  };
}

/** A stored choice. */
export const lastChoiceRowSchema = z.object({
  kind: z.enum(['business', 'on-duty', 'message']),
  business_id: z.string(),
  value: z.string(),
});
type Columns = z.infer<typeof lastChoiceRowSchema>;

function candidate({ kind, business_id }: Omit<Columns, 'value'>, value: unknown): object {
  switch (kind) {
    case 'business':
      return { kind, businessId: value };
    case 'on-duty':
      return { kind, onDuty: value };
    case 'message':
      return { kind, businessId: business_id, message: value };
    default:
      return kind satisfies never;
  }
}

function withChoice(remembered: LastChoices, choice: LastChoice): LastChoices {
  switch (choice.kind) {
    case 'business':
      return { ...remembered, businessId: choice.businessId };
    case 'on-duty':
      return { ...remembered, onDuty: choice.onDuty };
    case 'message': {
      const messages = { ...remembered.messages, [choice.businessId]: choice.message };
      return { ...remembered, messages };
    }
    default:
      return choice satisfies never;
  }
}

function columnsOf(choice: LastChoice) {
  const { kind } = choice;
  switch (kind) {
    case 'business':
      return { kind, businessId: '', value: JSON.stringify(choice.businessId) };
    case 'on-duty':
      return { kind, businessId: '', value: JSON.stringify(choice.onDuty) };
    case 'message':
      return { kind, businessId: choice.businessId, value: JSON.stringify(choice.message) };
    default:
      return choice satisfies never;
  }
}
