import * as z from 'zod/mini';

/** Parses a text column that holds JSON. An invalid text is an issue like any other. */
export const jsonColumn = z.pipe(
  z.string(),
  z.transform((text, payload): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      // The issue omits the text: it may contain personal data.
      payload.issues.push({ code: 'custom', input: undefined, message: 'not JSON' });
      return z.NEVER;
    }
  }),
);
