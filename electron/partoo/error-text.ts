const LONGEST = 300;
/** Partoo nests two levels deep; a deeper body is noise. */
const DEEPEST = 8;
/** Keys that only wrap a message in Partoo's documented errors and have no meaning of their own. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'json',
  'authentication',
  'authorization',
  'message',
  'detail',
]);

/**
 * Reads the message of a Partoo error as one short line for a person; undefined when `json` does not have the shape of
 * Partoo's errors. Use it only under a refusing status. The wording is never matched.
 *
 * Both documented keys count, `errors` and `error`, with any content; so does `{"status":"error"}`, which other calls
 * return. `message` or `detail` alone counts when it has text and no key beside it reports success.
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

/** The keys that may hold the text of an error, the documented ones first. */
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
 * Cleans a text of Partoo for display and storage: one line, no control characters, no customer's number (six digits
 * in a row and more are masked), at most 300 characters.
 */
export const cleanText = (text: string): string => {
  const line = text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .replace(/\p{Nd}{6,}/gu, '•••');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1).replace(/\p{Cs}$/u, '')}…`;
};
