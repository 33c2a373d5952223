import type { Prefill, LeftOut } from '../../shared/system-settings.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Pasted, PastedNumber } from '../../shared/phone/phone.ts';
import { MINUTE_MS, type Clock } from '../../shared/time.ts';
import { parseDeepLink } from './deep-link.ts';

export type PrefillParts = {
  readonly clock: Pick<Clock, 'elapsedMs'>;
  /** Resolves when they are known; undefined when Deskbell cannot work, and takes nothing. */
  readonly settings: () => Promise<Pick<Settings, 'deepLink' | 'defaultCountry'> | undefined>;
  /** Loaded only when something is in the clipboard that may be a number. */
  readonly loadPhoneRules: () => Promise<
    Pick<typeof import('../../shared/phone/phone.ts'), 'parsePhone' | 'parsePastedText'>
  >;
  /** Tells the page that something waits for it, and brings the window up. */
  readonly announce: () => void;
};

export type Prefills = {
  /** Somebody opened links with Deskbell. Without IT's word (`deepLink`) they are not even read. */
  readonly links: (links: readonly string[]) => Promise<void>;
  /** Somebody pressed the hot-key; `text` is what the clipboard held at that moment. */
  readonly clipboard: (text: string) => Promise<void>;
  /** What waits for the page, once. */
  readonly take: () => Prefill | null;
};

/** A customer with a signature around the number, not a page of them; the rest of a clipboard is nobody's business. */
const CLIPBOARD_MAX = 500;

/** As the contract has them. */
const PHONE_MAX = 40;
const NAME_MAX = 255;

/** Whoever handed something over stands in front of the window now. Later it would surprise. */
const GOOD_FOR_MS = MINUTE_MS;

/** What booking systems and the hot-key hand to the form: the latest one, for a minute, for one taking. */
export function createPrefills(parts: PrefillParts): Prefills {
  let waiting: { readonly handover: Prefill; readonly sinceMs: number } | null = null;

  const hand = (handover: Prefill | null): void => {
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
      const { parsePhone, parsePastedText } = await parts.loadPhoneRules();
      const pasted = parsePastedText(text, country);
      const { phone, name } = pasted;
      const isNumber = isHandable(pasted) && parsePhone(phone, country).kind === 'complete';
      const left = leftOut(pasted);
      hand(
        isNumber
          ? { kind: 'customer', from: 'clipboard', phone, name, ...(left && { left }) }
          : null,
      );
    },
    take: () => {
      const taken = waiting;
      waiting = null;
      const isGood = taken !== null && parts.clock.elapsedMs() - taken.sinceMs <= GOOD_FOR_MS;
      return isGood ? taken.handover : null;
    },
  };
}

/** What was not taken of a text; undefined when nothing was left out. */
function leftOut({ others, isNameLeftOut, namesLeftOut }: Pasted): LeftOut | undefined {
  if (others.length === 0 && namesLeftOut.length === 0 && !isNameLeftOut) return undefined;
  return {
    others: others.filter(isHandable),
    isNameLeftOut,
    namesLeftOut: namesLeftOut.map((name) => name.slice(0, NAME_MAX)),
  };
}

/** A number or a name that is longer than any is a text about something else. */
function isHandable({ phone, name }: PastedNumber): boolean {
  return phone.length <= PHONE_MAX && name.length <= NAME_MAX;
}
