import * as z from 'zod/mini';

/** A text column that holds JSON, as what it says. A text that says nothing is an issue like any other. */
export const jsonColumn = z.pipe(
  z.string(),
  z.transform((text, payload): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      // The text itself stays out of the issue: it may hold anything.
      payload.issues.push({ code: 'custom', input: undefined, message: 'not JSON' });
      return z.NEVER;
    }
  }),
);
