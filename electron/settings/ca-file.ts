import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { decodeText } from '../files/decode-text.ts';

/** Room for some hundreds of certificates. */
const BYTES_MAX = 1024 * 1024;

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificate authorities in the file named by IT, or why the file cannot be used. */
export type CaFile =
  | { readonly kind: 'read'; readonly certificates: readonly string[] }
  | { readonly kind: 'unusable'; readonly detail: string };

/**
 * Reads the authorities' certificates (PEM) that Deskbell shall trust beside those of the system. Rejects the whole
 * file if anything in it is not an authority's certificate: IT meant all of its content.
 */
export function readCaFile(file: string): CaFile {
  let bytes: Buffer;
  try {
    if (statSync(file).size > BYTES_MAX) return unusable('is larger than 1 MiB');
    bytes = readFileSync(file);
  } catch (error) {
    return unusable(error instanceof Error && 'code' in error ? String(error.code) : 'unreadable');
  }
  // A PEM certificate is ASCII in every encoding but UTF-16; text between two certificates is only a comment.
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
