import * as z from 'zod/mini';

/** What became of an export: a file that a person chose, or none. */
export const exportedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('saved'), rows: z.int(), fileName: z.string() }),
  z.strictObject({ kind: z.literal('cancelled') }),
]);
