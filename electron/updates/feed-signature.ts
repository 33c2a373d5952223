import { createPublicKey, verify } from 'node:crypto';

/**
 * Whether `signature`, in base64, is the Ed25519 signature (RFC 8032) of a text by the owner of `key`, an `updateKey`
 * of the settings. False for malformed signatures.
 */
export function isSignedBy(key: string, text: string, signature: string): boolean {
  const publicKey = createPublicKey({
    key: Buffer.from(key, 'base64'),
    format: 'der',
    type: 'spki',
  });
  return verify(null, Buffer.from(text, 'utf8'), publicKey, Buffer.from(signature, 'base64'));
}
