import type { Prefill, LeftOut } from '../../shared/prefill.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Pasted, PastedNumber } from '../../shared/phone/phone.ts';
import { MINUTE_MS, type Clock } from '../../shared/time.ts';
import { parseDeepLink } from './deep-link.ts';

export type PrefillParts = {
  readonly clock: Pick<Clock, 'elapsedMs'>;
  /** Resolves when the settings are known; undefined when Deskbell cannot work and accepts no prefill. */
  readonly settings: () => Promise<Pick<Settings, 'deepLink' | 'defaultCountry'> | undefined>;
  /** Loaded only when the clipboard holds something that may be a number. */
  readonly loadPhoneRules: () => Promise<
    Pick<typeof import('../../shared/phone/phone.ts'), 'parsePhone' | 'parsePastedText'>
  >;
  /** Tells the page that a prefill is waiting, and shows the window. */
  readonly announce: () => void;
};

export type Prefills = {
  /** Handles opened links. Does not even parse them unless IT allows it (`deepLink`). */
  readonly links: (links: readonly string[]) => Promise<void>;
  /** Handles the hot-key; `text` is the clipboard at that moment. */
  readonly clipboard: (text: string) => Promise<void>;
  /** Takes the waiting prefill, once. */
  readonly take: () => Prefill | null;
};

/** Room for one customer with a signature around the number; a longer clipboard is not read. */
const CLIPBOARD_MAX = 500;

/** The limits of the IPC contract. */
const PHONE_MAX = 40;
const NAME_MAX = 255;

/** A prefill expires when its sender is no longer likely to be at the window; later it would surprise. */
const GOOD_FOR_MS = MINUTE_MS;

/**
 * Creates the prefill buffer for booking systems and the hot-key: it holds the latest one, for a minute, for one
 * `take`.
 */
export function createPrefills(parts: PrefillParts): Prefills {
  let waiting: { readonly prefill: Prefill; readonly sinceMs: number } | null = null;

  const hand = (prefill: Prefill | null): void => {
    waiting = prefill && { prefill, sinceMs: parts.clock.elapsedMs() };
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
      return isGood ? taken.prefill : null;
    },
  };
}

/** Returns which names or numbers of a text were not taken; undefined when nothing was left out. */
function leftOut({ others, isNameLeftOut, namesLeftOut }: Pasted): LeftOut | undefined {
  if (others.length === 0 && namesLeftOut.length === 0 && !isNameLeftOut) return undefined;
  return {
    others: others.filter(isHandable),
    isNameLeftOut,
    namesLeftOut: namesLeftOut.map((name) => name.slice(0, NAME_MAX)),
  };
}

/** Whether the number and the name are short enough; longer ones come from an unrelated text. */
function isHandable({ phone, name }: PastedNumber): boolean {
  return phone.length <= PHONE_MAX && name.length <= NAME_MAX;
}
