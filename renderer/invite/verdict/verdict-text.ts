import type { OtherWriting, ParsedPhone } from '../../../shared/phone/phone.ts';
import { DAY_MS, type EpochMs } from '../../../shared/time.ts';
import type { Ruling, Verdict } from '../../../shared/verdict.ts';
import type { Translations } from '../../i18n/translations.ts';
import type { RemoteVerdictState } from './use-verdict.ts';

/** A line under the phone field; its tone chooses icon and colour, its text says everything. */
export type VerdictLine = {
  readonly tone: 'fine' | 'warn' | 'stop' | 'clock' | 'person' | 'quiet' | 'number';
  readonly text: string;
};

/**
 * Returns what the digits alone tell: an invalid number, how it is read, and whether it can probably not receive an
 * SMS.
 */
export function readingLines(
  { t }: Translations,
  reading: ParsedPhone,
  otherWriting: OtherWriting | null,
): readonly VerdictLine[] {
  if (reading.kind === 'impossible') {
    return [{ tone: 'stop', text: t(`verdict.impossible.${reading.why}`) }];
  }
  if (reading.kind !== 'complete') return [];
  const lines: VerdictLine[] = [];
  if (otherWriting !== null) {
    lines.push({
      tone: 'number',
      text: t('verdict.readAs', { phone: otherWriting.international }),
    });
  }
  if (reading.line === 'landline' || reading.line === 'special') {
    lines.push({ tone: 'warn', text: t(`verdict.${reading.line}`) });
  }
  return lines;
}

/** Describes the verdict, and when an SMS would be sent if not now. */
export function verdictLines(
  translations: Translations,
  verdict: Verdict,
  opinion: RemoteVerdictState,
  now: EpochMs,
  /** The name of the business that Partoo was asked about. */
  business: string,
): readonly VerdictLine[] {
  const { t, moment, locale } = translations;
  const { ruling, otherName, waitsUntil, waitsFor } = verdict;
  const lines: VerdictLine[] = [rulingLine(translations, verdict, { opinion, business }, now)];
  if (opinion !== null && opinion !== 'partoo' && opinion !== 'desks')
    lines.push({ tone: 'quiet', text: t(`verdict.onlyHere.${opinion}`) });
  if (otherName !== null) {
    lines.push({ tone: 'person', text: t('verdict.otherName', { name: otherName }) });
  }
  if (verdict.refusedAt !== null) {
    const when = moment(verdict.refusedAt, now);
    lines.push({ tone: 'warn', text: t('verdict.refused', { when }) });
  }
  const isForbidden = ruling.kind === 'open' || ruling.kind === 'do-not-contact';
  if (!isForbidden && verdict.waitsElsewhere !== null)
    lines.push({ tone: 'warn', text: waitsText(translations, verdict.waitsElsewhere, now) });
  if (!isForbidden && waitsUntil !== null) {
    const key = waitsFor === 'pause' ? 'verdict.sentAfterPause' : 'verdict.sentAt';
    const text = t(key, { when: moment(waitsUntil, now) });
    lines.push({ tone: 'clock', text });
  }
  return lines.map(({ tone, text }) => ({ tone, text: asSentence(text, locale) }));
}

/** Capitalises a text that begins with a value: "Vor 4 Tagen eingeladen". */
function asSentence(text: string, locale: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(locale) + text.slice(first.length);
}

function rulingLine(
  translations: Translations,
  { ruling, knownSince }: Verdict,
  { opinion, business }: { readonly opinion: RemoteVerdictState; readonly business: string },
  now: EpochMs,
): VerdictLine {
  const { t, moment, since } = translations;
  switch (ruling.kind) {
    case 'never': {
      const here = neverText(translations, knownSince, now);
      if (opinion === 'partoo')
        return { tone: 'fine', text: `${here} ${t('verdict.noneListed', { business })}` };
      return {
        tone: 'fine',
        text: opinion === 'desks' ? `${here} ${t('verdict.noneAtDesks')}` : here,
      };
    }
    case 'open': {
      const when = since(ruling.since, now);
      return {
        tone: 'stop',
        text:
          ruling.name === ''
            ? t('verdict.open', { when })
            : t('verdict.openAs', { when, name: ruling.name }),
      };
    }
    case 'closed':
    case 'house':
      // An SMS in Partoo's list is proved, unless it has no time.
      if (ruling.from === 'elsewhere' && !ruling.proved && ruling.place === null)
        return { tone: 'stop', text: t('verdict.undated', { by: byText(t, ruling) }) };
      return {
        tone: ruling.kind === 'closed' ? 'stop' : 'warn',
        text: t(`verdict.${ruling.kind}`, {
          sent: sentText(translations, ruling, now),
          opensAt: moment(ruling.opensAt, now),
        }),
      };
    case 'past':
      return {
        tone: 'fine',
        text: t('verdict.past', { sent: sentText(translations, ruling, now) }),
      };
    case 'do-not-contact':
      return { tone: 'stop', text: refusedText(translations, ruling, now) };
    default:
      return ruling satisfies never;
  }
}

function refusedText(
  { t, since }: Translations,
  { since: at, place }: Extract<Ruling, { readonly kind: 'do-not-contact' }>,
  now: EpochMs,
): string {
  const when = since(at, now);
  if (place === null) return t('verdict.doNotContact', { when });
  return place.desk === null
    ? t('verdict.saidNo.site', { site: place.site, when })
    : t('verdict.saidNo.desk', { desk: place.desk, when });
}

function waitsText(
  { t, since }: Translations,
  { since: at, place, silentSince }: NonNullable<Verdict['waitsElsewhere']>,
  now: EpochMs,
): string {
  const when = since(at, now);
  const silent = silentSince === null ? '' : since(silentSince, now);
  if (place.desk === null) {
    const { site } = place;
    return silent === ''
      ? t('verdict.waits.site', { site, when })
      : t('verdict.waits.silentSite', { site, when, silent });
  }
  const { desk } = place;
  return silent === ''
    ? t('verdict.waits.desk', { desk, when })
    : t('verdict.waits.silentDesk', { desk, when, silent });
}

/** Claims no more than this PC can know. */
function neverText({ t, since }: Translations, knownSince: EpochMs | null, now: EpochMs): string {
  if (knownSince === null) return t('verdict.never');
  const count = Math.floor((now - knownSince) / DAY_MS);
  return count < 1
    ? t('verdict.neverSince', { when: since(knownSince, now) })
    : t('verdict.neverWithin', { count });
}

function sentText(
  { t, ago, moment }: Translations,
  sent: Extract<Ruling, { readonly sentAt: EpochMs }>,
  now: EpochMs,
): string {
  const values = {
    ago: ago(sent.sentAt, now),
    when: moment(sent.sentAt, now),
    by: byText(t, sent),
  };
  return sent.proved ? t('verdict.sent.proved', values) : t('verdict.sent.unproved', values);
}

function byText(
  t: Translations['t'],
  { name, staff, from, place }: Extract<Ruling, { readonly sentAt: EpochMs }>,
): string {
  if (place !== null) {
    const { site, desk } = place;
    if (desk === null) return t('verdict.by.site', { site });
    return staff === null
      ? t('verdict.by.desk', { desk })
      : t('verdict.by.deskAndStaff', { desk, staff });
  }
  if (from === 'elsewhere') {
    return staff === null ? t('verdict.by.elsewhere') : t('verdict.by.staffElsewhere', { staff });
  }
  if (name !== '' && staff !== null) return t('verdict.by.nameAndStaff', { name, staff });
  if (name !== '') return t('verdict.by.name', { name });
  return staff === null ? t('verdict.by.nobody') : t('verdict.by.staff', { staff });
}
