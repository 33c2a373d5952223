const LONGEST = 300;
/** Partoo nests two levels deep; a body nested deeper than this is noise. */
const DEEPEST = 8;
/** Keys that only wrap a message in Partoo's documented errors and say nothing themselves. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'json',
  'authentication',
  'authorization',
  'message',
  'detail',
]);

/**
 * What Partoo's error says, as one short line for a person; undefined when `json` has not the shape of its errors. To be
 * read only under a status that refuses. The wording is never matched.
 *
 * Both documented keys count, `errors` and `error`, with anything under them; so does `{"status":"error"}`, which other
 * calls answer. `message` or `detail` alone counts when it says something and nothing beside it speaks of success.
 */
export const readErrorText = (json: unknown): string | undefined => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const parts = new Map<string, unknown>(Object.entries(json));
  const text = TEXT_KEYS.map((key) => textOf(parts.get(key))).find((one) => one !== '') ?? '';
  const status = parts.get('status');
  if (parts.has('errors') || parts.has('error') || status === 'error') return text;
  const speaksOfSuccess = status === 'success' || parts.has('invitation_id');
  return text === '' || speaksOfSuccess ? undefined : text;
};

/** Where the text of an error may stand, the documented keys first. */
const TEXT_KEYS = ['errors', 'error', 'message', 'detail'];

const textOf = (value: unknown): string => cleanText(messagesIn(value, DEEPEST).join('; '));

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
