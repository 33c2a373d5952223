import * as z from 'zod/mini';
import type { Prefill } from '../../shared/prefill.ts';
import { LINK_SCHEME } from './deep-link-args.ts';

/** A percent-encoded number and name are far shorter; a longer link is refused. */
const LINK_MAX = 1_000;

const REFUSED: Prefill = { kind: 'refused' };

/** Control characters, lone surrogates and direction marks: no typed name contains them. */
const SUSPECT = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFD]/u;

const plainText = (longest: number) =>
  z.string().check(
    z.maxLength(longest),
    z.refine((text) => !SUSPECT.test(text)),
  );
const paramsSchema = z.strictObject({
  phone: plainText(40).check(z.regex(/^[( ]*\+?[\d ().\u00A0\u202F/-]{4,}$/), z.regex(/\d/)),
  name: z._default(plainText(100), ''),
});

/**
 * Parses a link. Refuses the whole link if anything is odd: other parameters than these two, one of them twice, or a
 * value that is too long or contains characters that no keyboard types.
 */
export function parseDeepLink(link: string): Prefill {
  if (link.length > LINK_MAX || SUSPECT.test(link) || !URL.canParse(link)) return REFUSED;
  const url = new URL(link);
  if (url.protocol !== `${LINK_SCHEME}:` || url.host.toLowerCase() !== 'invite') return REFUSED;
  if (!['', '/'].includes(url.pathname) || url.hash !== '' || url.username !== '') return REFUSED;
  const values = [...new URLSearchParams(url.search)];
  const withPluses = [...new URLSearchParams(url.search.replaceAll('+', '%2B'))];
  const params = new Map(
    values.map(([key, value], at) => [
      key,
      (key === 'phone' ? phoneOf(value, withPluses[at]?.[1] ?? value) : value).trim(),
    ]),
  );
  if (params.size !== values.length) return REFUSED;
  const parsed = paramsSchema.safeParse(Object.fromEntries(params));
  return parsed.success ? { kind: 'customer', from: 'link', ...parsed.data } : REFUSED;
}

/**
 * Returns the number with its plus. An encoded plus ("%2B") always counts as one; a bare "+" is a space in a query,
 * but people who type a link begin a number with it. `asPluses` is the value with every bare "+" as a plus.
 */
function phoneOf(value: string, asPluses: string): string {
  const first = /^[\s\u00A0\u202F()]*\+/.exec(asPluses)?.[0].length;
  const isBare = first !== undefined && !value.slice(0, first).includes('+');
  if (!isBare || /^[\s\u00A0\u202F()]*\+/.test(value)) return value;
  return asPluses.slice(0, first) + value.slice(first);
}
