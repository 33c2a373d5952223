import * as z from 'zod/mini';
import { instantSchema } from './invitation.ts';
import { e164Schema } from './phone/e164.ts';

/** A person who refuses any SMS. */
export const doNotContactSchema = z.strictObject({
  phone: e164Schema,
  since: instantSchema,
  /** The staff member who was told, if known. */
  staff: z.nullable(z.string()),
});
export type DoNotContact = z.infer<typeof doNotContactSchema>;

/** A place in the list: entries added before this one. */
export const listPlaceSchema = z.pick(doNotContactSchema, { phone: true, since: true });
export type ListPlace = z.infer<typeof listPlaceSchema>;

export const listPageSchema = z.strictObject({
  entries: z.readonly(z.array(doNotContactSchema)),
  next: z.nullable(listPlaceSchema),
  /** The number of matches. */
  count: z.int(),
  /** How many numbers only other desks have on their lists; they cannot be read here. */
  elsewhere: z.int(),
});
export type ListPage = z.infer<typeof listPageSchema>;

/** A line of a file that cannot be imported. */
export const lineProblemSchema = z.strictObject({
  line: z.int(),
  /**
   * `broken`: its quotes do not match. `rounded`: a spreadsheet has cut off digits. `ambiguous`: it could be the
   * number of two countries.
   */
  why: z.enum(['broken', 'no-number', 'incomplete', 'impossible', 'rounded', 'ambiguous']),
  /** The beginning of the cell. */
  text: z.string(),
});
export type LineProblem = z.infer<typeof lineProblemSchema>;

/** A column of a file that contains digits. */
export const listColumnSchema = z.strictObject({
  /** The position in a line, from 0. */
  at: z.int(),
  heading: z.nullable(z.string()),
  samples: z.readonly(z.array(z.string())),
  /** How many of its cells hold a number. */
  numbers: z.int(),
  isTaken: z.boolean(),
});
export type ListColumn = z.infer<typeof listColumnSchema>;

/** The effect that importing a file would have; nothing has been imported yet. */
export const fileReadingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cancelled') }),
  z.strictObject({
    kind: z.literal('unreadable'),
    /** `no-table`: the file is not text, such as a workbook. */
    why: z.enum(['too-large', 'denied', 'failed', 'no-table']),
  }),
  /** A person must choose the columns with the numbers. */
  z.strictObject({
    kind: z.literal('columns'),
    token: z.uuid(),
    fileName: z.string(),
    columns: z.readonly(z.array(listColumnSchema)),
  }),
  z.strictObject({
    kind: z.literal('read'),
    /** Identifies this reading for the import. */
    token: z.uuid(),
    fileName: z.string(),
    /** Numbers that are new, that are on the list already, and that occur in the file more than once. */
    fresh: z.int(),
    known: z.int(),
    doubled: z.int(),
    /** Numbers skipped because they cannot receive an SMS, and lines without any number. */
    landlines: z.int(),
    without: z.int(),
    /** The columns that the numbers come from. */
    columns: z.readonly(z.array(listColumnSchema)),
    /** The first problems. */
    problems: z.readonly(z.array(lineProblemSchema)),
    problemCount: z.int(),
  }),
]);
export type FileReading = z.infer<typeof fileReadingSchema>;

export const listExportSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cancelled') }),
  z.strictObject({ kind: z.literal('unwritable'), why: z.enum(['full', 'denied', 'failed']) }),
  z.strictObject({ kind: z.literal('saved'), fileName: z.string(), count: z.int() }),
]);
export type ListExport = z.infer<typeof listExportSchema>;
