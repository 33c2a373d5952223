import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import type { E164 } from '../../shared/phone/e164.ts';

/** The organisation's secret, which the database does not have. Every desk of the organisation has the same. */
export type SiteSecret = Buffer;

const SECRET_BYTES = 32;
const KEY_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** The first byte of what is sealed, so that another cipher can follow. */
const SEALED_VERSION = 1;
const CIPHER = 'aes-256-gcm';

/** What a desk derives from the secret. */
export type SiteKeys = {
  /** What stands for a number in the database: a UUID of 128 bits. The same number has the same key at every desk. */
  readonly numberKey: (phone: E164) => string;
  /** So many bits of another hash: what other desks keep of a refusal. Several numbers share each hint. */
  readonly hint: (phone: E164, bits: number) => number;
  /** Tells desks with another secret, and reveals nothing of it. */
  readonly check: Buffer;
  /** Encrypts a text for desks with this secret; it opens for this id only. */
  readonly seal: (text: string, id: string) => Buffer;
  /** Opens what was sealed for this id; undefined when it was sealed with another secret or for another id. */
  readonly open: (sealed: Uint8Array, id: string) => string | undefined;
};

/** Makes a secret that no desk has yet. */
export function makeSecret(): SiteSecret {
  return randomBytes(SECRET_BYTES);
}

/** Writes a secret as one word. */
export function formatSecret(secret: SiteSecret): string {
  return secret.toString('base64url');
}

/** Reads a secret in base64 or base64url; undefined for anything but 32 bytes. */
export function parseSecret(text: string): SiteSecret | undefined {
  const word = text.trim().replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  const secret = Buffer.from(word, 'base64url');
  return secret.length === SECRET_BYTES && secret.toString('base64url') === word
    ? secret
    : undefined;
}

/** Derives the keys of a desk from the organisation's secret. */
export function deriveSiteKeys(secret: SiteSecret): SiteKeys {
  const hash = (purpose: string, text: string): Buffer =>
    createHmac('sha256', secret).update(`${purpose}\0${text}`).digest();
  const sealing = Buffer.from(hkdfSync('sha256', secret, '', 'sealed', SECRET_BYTES));
  return {
    numberKey: (phone) => asUuid(hash('number', phone).subarray(0, KEY_BYTES)),
    hint: (phone, bits) => hash('hint', phone).readUInt32BE() >>> (32 - bits),
    check: hash('check', '').subarray(0, KEY_BYTES),
    seal: (text, id) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, sealing, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(id));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(SEALED_VERSION), nonce, body, cipher.getAuthTag()]);
    },
    open: (sealed, id) => open(Buffer.from(sealed), id, sealing),
  };
}

function open(sealed: Buffer, id: string, key: Buffer): string | undefined {
  const start = 1 + NONCE_BYTES;
  if (sealed.length < start + TAG_BYTES || sealed[0] !== SEALED_VERSION) return undefined;
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(1, start), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(id));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    const text = decipher.update(sealed.subarray(start, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return undefined; // OpenSSL gives no other sign of a wrong tag
  }
}

function asUuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A desk's own token: the database keeps its hash only. */
export type DeskToken = { readonly token: Buffer; readonly hash: Buffer };

/** Makes the token with which one desk is known. */
export function makeDeskToken(): DeskToken {
  const token = randomBytes(SECRET_BYTES);
  return { token, hash: createHash('sha256').update(token).digest() };
}
