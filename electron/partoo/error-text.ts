const LONGEST = 300;
/** Partoo nests two levels deep; a body nested deeper than this is noise. */
const DEEPEST = 8;
/** Keys that only wrap a message in Partoo's documented errors and say nothing themselves. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'json',
  'authentication',
  'authorization',
  'message',
]);

/**
 * What Partoo's error says, as one short line for a person; undefined when `json` has not the shape of its errors.
 * Both documented keys count, `errors` and `error`, with anything under them. The wording is never matched.
 */
export const readErrorText = (json: unknown): string | undefined => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  if ('errors' in json) return cleanText(messagesIn(json.errors, DEEPEST).join('; '));
  if ('error' in json) return cleanText(messagesIn(json.error, DEEPEST).join('; '));
  return undefined;
};

const messagesIn = (value: unknown, depth: number): readonly string[] => {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  if (Array.isArray(value)) return value.flatMap((item) => messagesIn(item, depth - 1));
  return Object.entries(value).flatMap(([key, item]) => {
    const messages = messagesIn(item, depth - 1);
    return WRAPPERS.has(key) ? messages : messages.map((message) => `${key}: ${message}`);
  });
};

/**
 * A vendor's text made fit to be shown and kept: one line, no control characters, no customer's number (six digits in
 * a row and more are masked), at most 300 characters.
 */
export const cleanText = (text: string): string => {
  const line = text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .replace(/\p{Nd}{6,}/gu, '•••');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1).replace(/\p{Cs}$/u, '')}…`;
};
