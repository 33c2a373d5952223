import * as z from 'zod/mini';
import { instantSchema } from './invitation.ts';
import { e164Schema } from './phone/e164.ts';

/** Somebody who wants no SMS. */
export const doNotContactSchema = z.strictObject({
  phone: e164Schema,
  since: instantSchema,
  /** Who was told, when the desk knows. */
  staff: z.nullable(z.string()),
});
export type DoNotContact = z.infer<typeof doNotContactSchema>;

/** A place in the list: everything that was put on it before this one. */
export const listPlaceSchema = z.pick(doNotContactSchema, { phone: true, since: true });
export type ListPlace = z.infer<typeof listPlaceSchema>;

export const listPageSchema = z.strictObject({
  entries: z.readonly(z.array(doNotContactSchema)),
  next: z.nullable(listPlaceSchema),
  /** How many there are that match. */
  count: z.int(),
});
export type ListPage = z.infer<typeof listPageSchema>;

/** A line of a file that cannot be imported. */
export const lineProblemSchema = z.strictObject({
  line: z.int(),
  /**
   * `broken`: its quotes do not fit together. `rounded`: a spreadsheet has cut its digits off. `ambiguous`: it could be
   * the number of two countries.
   */
  why: z.enum(['broken', 'no-number', 'incomplete', 'impossible', 'rounded', 'ambiguous']),
  /** The beginning of what stands there. */
  text: z.string(),
});
export type LineProblem = z.infer<typeof lineProblemSchema>;

/** A column of a file in which digits stand. */
export const listColumnSchema = z.strictObject({
  /** Its place in a line, from 0. */
  at: z.int(),
  heading: z.nullable(z.string()),
  samples: z.readonly(z.array(z.string())),
  /** How many of its cells hold a number. */
  numbers: z.int(),
  isTaken: z.boolean(),
});
export type ListColumn = z.infer<typeof listColumnSchema>;

/** What importing a file would do; nothing has been done yet. */
export const fileReadingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cancelled') }),
  z.strictObject({
    kind: z.literal('unreadable'),
    /** `no-table`: it is no text, as a workbook. */
    why: z.enum(['too-large', 'denied', 'failed', 'no-table']),
  }),
  /** A person must say which columns hold the numbers. */
  z.strictObject({
    kind: z.literal('columns'),
    token: z.uuid(),
    fileName: z.string(),
    columns: z.readonly(z.array(listColumnSchema)),
  }),
  z.strictObject({
    kind: z.literal('read'),
    /** Names this reading when it is imported. */
    token: z.uuid(),
    fileName: z.string(),
    /** Numbers that are not on the list yet, that are, and that stand in the file more than once. */
    fresh: z.int(),
    known: z.int(),
    doubled: z.int(),
    /** Numbers that were left out because no SMS reaches them, and lines without any number. */
    landlines: z.int(),
    without: z.int(),
    /** Where the numbers come from. */
    columns: z.readonly(z.array(listColumnSchema)),
    /** The first of them. */
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
