import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { decodeText } from '../files/decode-text.ts';

/** Some hundreds of certificates. */
const BYTES_MAX = 1024 * 1024;

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The authorities of a file that IT names, or why it cannot be used. */
export type CaFile =
  | { readonly kind: 'read'; readonly certificates: readonly string[] }
  | { readonly kind: 'unusable'; readonly detail: string };

/**
 * Reads the certificates (PEM) of authorities that Deskbell shall trust beside those of the system. A file with anything in
 * it that is no certificate of an authority is not used at all: whoever made it meant all of it.
 */
export function readCaFile(file: string): CaFile {
  let bytes: Buffer;
  try {
    if (statSync(file).size > BYTES_MAX) return unusable('is larger than 1 MiB');
    bytes = readFileSync(file);
  } catch (error) {
    return unusable(error instanceof Error && 'code' in error ? String(error.code) : 'unreadable');
  }
  // A certificate in PEM is ASCII in every encoding but UTF-16; what stands between two of them is only a comment.
  const decoded = decodeText(bytes);
  const text = decoded.kind === 'text' ? decoded.text : bytes.toString('latin1');
  const certificates = text.match(BLOCK) ?? [];
  if (certificates.length === 0) {
    const isUtf16 = decoded.kind === 'undecodable' && bytes.includes('-\0-\0');
    return unusable(isUtf16 ? decoded.detail : 'holds no certificate in PEM');
  }
  return certificates.every(isAuthority)
    ? { kind: 'read', certificates }
    : unusable('holds something that is no certificate of an authority');
}

function unusable(detail: string): CaFile {
  return { kind: 'unusable', detail };
}

function isAuthority(certificate: string): boolean {
  try {
    return new X509Certificate(certificate).ca;
  } catch {
    return false;
  }
}
