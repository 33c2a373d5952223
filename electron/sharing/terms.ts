import * as z from 'zod/mini';
import type { HelloAnswer } from '../site/answers.ts';

/** What holds for every desk of the organisation, as the site database says. Kept for a start without it. */
const termsSchema = z.object({
  hintBits: z.int(),
  pollMs: z.int(),
  windowMs: z.int(),
  whenApart: z.enum(['look', 'wait']),
  retentionDays: z.int(),
  perMinute: z.int(),
  apartPerMinute: z.number(),
});

export type Terms = z.infer<typeof termsSchema>;

/** Takes the terms from the answer to a hello. */
export function termsOf(hello: HelloAnswer): Terms {
  return termsSchema.parse(hello);
}

/** Reads kept terms; undefined when there are none, or when another version has written them. */
export function readTerms(kept: unknown): Terms | undefined {
  const parsed = termsSchema.safeParse(kept);
  return parsed.success ? parsed.data : undefined;
}
