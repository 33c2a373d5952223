import * as z from 'zod/mini';
import type { Handover } from '../shared/desktop.ts';
import { LINK_SCHEME } from './link-arguments.ts';

/** A number and a name, percent-encoded, are far below; all else is somebody trying. */
const LINK_MAX = 1_000;

const REFUSED: Handover = { kind: 'refused' };

/** Control characters, halves of characters, turned text: nothing of it is in a name that somebody typed. */
const SUSPECT = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFD]/u;

const plainText = (longest: number) =>
  z.string().check(
    z.maxLength(longest),
    z.refine((text) => !SUSPECT.test(text)),
  );
const paramsSchema = z.strictObject({
  phone: plainText(40).check(z.regex(/^\+?[\d ().\u00A0\u202F/-]{4,}$/), z.regex(/\d/)),
  name: z._default(plainText(100), ''),
});

/**
 * Reads a link. Whatever is odd about it refuses the whole: more than these two values, one of them twice, a value that
 * is too long or holds what no keyboard types.
 */
export function parseDeepLink(link: string): Handover {
  if (link.length > LINK_MAX || SUSPECT.test(link) || !URL.canParse(link)) return REFUSED;
  const url = new URL(link);
  if (url.protocol !== `${LINK_SCHEME}:` || url.host.toLowerCase() !== 'invite') return REFUSED;
  if (!['', '/'].includes(url.pathname) || url.hash !== '' || url.username !== '') return REFUSED;
  // A "+" is a space in a query, and the beginning of a number to everybody who writes one by hand.
  const given = [...new URLSearchParams(url.search.replaceAll('+', '%2B'))];
  const params = new Map(given.map(([key, value]) => [key, spaced(key, value)]));
  if (params.size !== given.length) return REFUSED;
  const parsed = paramsSchema.safeParse(Object.fromEntries(params));
  return parsed.success ? { kind: 'customer', from: 'link', ...parsed.data } : REFUSED;
}

function spaced(key: string, value: string): string {
  return value.replaceAll(key === 'phone' ? /(?!^)\+/g : /\+/g, ' ').trim();
}
