/** Windows keeps at most 2,560 bytes in one credential (CRED_MAX_CREDENTIAL_BLOB_SIZE), two to a character. */
const KEY_MAX = 1_280;

/**
 * Parses a typed or pasted key, or returns what is wrong with it; trims surrounding white space. The key becomes an
 * HTTP header, so only visible ASCII is accepted.
 */
export function parseApiKey(
  text: string,
):
  | { readonly ok: true; readonly key: string }
  | { readonly ok: false; readonly why: 'empty' | 'characters' | 'too-long' } {
  const key = text.trim();
  if (key === '') return { ok: false, why: 'empty' };
  if (!/^[\x21-\x7e]+$/.test(key)) return { ok: false, why: 'characters' };
  if (key.length > KEY_MAX) return { ok: false, why: 'too-long' };
  return { ok: true, key };
}
