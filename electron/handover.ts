import type { Handover } from '../shared/desktop.ts';
import type { Settings } from '../shared/settings.ts';
import { MINUTE_MS, type Clock } from '../shared/time.ts';
import { parseDeepLink } from './deep-link.ts';

export type HandoverParts = {
  readonly clock: Pick<Clock, 'elapsedMs'>;
  /** Resolves when they are known; undefined when Deskbell cannot work, and takes nothing. */
  readonly settings: () => Promise<Pick<Settings, 'deepLink' | 'defaultCountry'> | undefined>;
  /** Loaded only when something is in the clipboard that may be a number. */
  readonly loadPhoneRules: () => Promise<
    Pick<typeof import('../shared/phone.ts'), 'readPhone' | 'splitPasted'>
  >;
  /** Tells the page that something waits for it, and brings the window up. */
  readonly announce: () => void;
};

export type Handovers = {
  /** Somebody opened links with Deskbell. Without IT's word (`deepLink`) they are not even read. */
  readonly links: (links: readonly string[]) => Promise<void>;
  /** Somebody pressed the hot-key; `text` is what the clipboard held at that moment. */
  readonly clipboard: (text: string) => Promise<void>;
  /** What waits for the page, once. */
  readonly take: () => Handover | null;
};

/** A customer with a signature around the number, not a page of them; the rest of a clipboard is nobody's business. */
const CLIPBOARD_MAX = 500;

/** Whoever handed something over stands in front of the window now. Later it would surprise. */
const GOOD_FOR_MS = MINUTE_MS;

/** What booking systems and the hot-key hand to the form: the latest one, for a minute, for one taking. */
export function createHandovers(parts: HandoverParts): Handovers {
  let waiting: { readonly handover: Handover; readonly sinceMs: number } | null = null;

  const hand = (handover: Handover | null): void => {
    waiting = handover && { handover, sinceMs: parts.clock.elapsedMs() };
    parts.announce();
  };

  return {
    links: async (links) => {
      const [link] = links;
      if (link === undefined || (await parts.settings())?.deepLink !== true) return;
      hand(links.length === 1 ? parseDeepLink(link) : { kind: 'refused' });
    },
    clipboard: async (text) => {
      const country = (await parts.settings())?.defaultCountry;
      if (country === undefined || text.length > CLIPBOARD_MAX || !/\d/.test(text)) {
        return hand(null);
      }
      const { readPhone, splitPasted } = await parts.loadPhoneRules();
      const { phone, name } = splitPasted(text, country);
      const isNumber = phone.length <= 40 && readPhone(phone, country).kind === 'complete';
      hand(isNumber ? { kind: 'customer', from: 'clipboard', phone, name } : null);
    },
    take: () => {
      const taken = waiting;
      waiting = null;
      const isGood = taken !== null && parts.clock.elapsedMs() - taken.sinceMs <= GOOD_FOR_MS;
      return isGood ? taken.handover : null;
    },
  };
}
