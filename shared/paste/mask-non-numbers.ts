/**
 * Masks everything in a pasted text beside names and phone numbers: addresses, dates, times, prices, rooms,
 * references. Each is replaced by a mask of the same length, so that its digits and words are not misread.
 */

/** Masks one character. No name and no number contains it. */
export const MASK = '\uFFFC';

const BEFORE = '(?<![\\p{L}\\p{Nd}])';
const AFTER = '(?![\\p{L}\\p{Nd}])';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';
const YEAR = '(?:(?:19|20)\\d\\d|\\d\\d)';
/** Not in the middle of a run of digit groups. */
const ALONE = '(?<!\\d[ ./-]?)(?<!\\+)';
const ENDS = '(?![ ./-]?\\d)';

const pattern = (source: string): RegExp => new RegExp(source, 'giu');

const EMAIL = /[^\s<>(),;:|"]{1,64}@[^\s<>(),;:|"]{1,255}/g;
const WEB_ADDRESS = /\b(?:https?:\/\/|www\.)\S+/gi;
const IBAN =
  /(?<![\p{L}\p{Nd}])[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?(?![\p{L}\p{Nd}])/gu;
const VAT = /(?<![\p{L}\p{Nd}])[A-Z]{2}\d{9,12}(?![\p{L}\p{Nd}])/gu;
const CARD = /(?<![\d+])\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?!\d)/g;

/** The French social-security number: sex, year, month, place, order, key. */
const NIR =
  /(?<![\d+])[12][ .]?\d\d[ .]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .]?(?:\d\d|2[AB])[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d\d)?(?![ .]?\d\d(?!\d)|\d)/g;

/** The social security number of the United States. */
const SSN = /(?<![\d-])\d{3}-\d\d-\d{4}(?![\d-])/g;

const EXTENSION = pattern(
  `(?<=\\d\\)?)[ ,;]{0,3}(?:ext(?:ension)?|poste|p\\.|x|interno|int|durchwahl|dw|nst|apparat|app|anexo|ramal|extensi[oó]n|extens[aã]o)(?![\\p{L}])[ .:=]{0,3}\\d{1,6}(?!\\d)`,
);
const DATES = [
  pattern(`(?<![\\d./+-])${DAY}( ?[./-] ?)${MONTH}\\1${YEAR}(?![./-]?\\d)`),
  pattern(`(?<![\\d./+-])${MONTH}([./-])${DAY}\\1${YEAR}(?![./-]?\\d)`),
  pattern(`(?<![\\d+])(?:19|20)\\d\\d([./-])${MONTH}\\1${DAY}(?!\\d)`),
  pattern(`${ALONE}${DAY} ${MONTH} (?:19|20)\\d\\d${ENDS}`),
  pattern(`(?<![\\d./+-])${DAY}/${MONTH}(?![/\\d])`),
  pattern(`(?<![\\d./+-])${DAY}\\.${MONTH}\\.(?![./-]?\\d)`),
];
const TIME = pattern(
  `(?<![\\d:+])\\d{1,2} ?(?:(?:h|:) ?[0-5]\\d(?::[0-5]\\d)?(?: ?(?:[ap]\\.?m\\.?|uhr))?|h|[ap]\\.?m\\.?|uhr|heures?)${AFTER}|(?<![\\d.+])\\d{1,2}\\.[0-5]\\d ?(?:uhr|h)${AFTER}`,
);
const PRICES = [
  pattern(
    `(?<!\\d)\\d{1,3}(?:[.,'\\u00A0\\u202F]?\\d{3})*(?:[.,]\\d{1,2})?(?:[ \\u00A0\\u202F]?(?:€|£|\\$|eur(?:os?)?${AFTER}|chf${AFTER}|usd${AFTER}|gbp${AFTER})|,-)`,
  ),
  // The currency sign behind an amount is part of it.
  pattern(`[€$£] ?\\d[\\d.,'\\u00A0\\u202F]*`),
  pattern(`(?<![\\d,])\\d{1,6},\\d\\d(?![\\d,])`),
];

const NUMBER_SIGN = '[ .:#-]{0,3}(?:n(?:[°ºo]|r|um)?\\.?|#)?[ .:]{0,3}';
const ROOM = pattern(
  `${BEFORE}(?:chambres?|chb|ch|rooms?|rm|zimmer|zi|habitaci[oó]n|hab|camera|cam|quarto|qto|suite|app?t|appartement|apartment|apartamento|table|tavolo|tisch|mesa|box|[eé]tage|floor|stock|lit|bed|bett|porte|n[°º]|#)${NUMBER_SIGN}[1-9]\\d{0,3}\\p{L}?${AFTER}`,
);
const REFERENCE = pattern(
  `${BEFORE}(?:r[eé]f(?:[eé]rence|erenz|erencia)?|riferimento|dossier|file|akte|booking|buchung|reserva|prenotazione|r[eé]servation|reservierung|conf(?:irmation)?|commande|order|bestellung|pedido|ordine|encomenda|facture|invoice|rechnung|factura|fattura|fatura|client|cliente|kunden-?(?:nummer|nr)|kdnr|patient|ticket|code|id|s[eé]cu|ssn|dni|nif|nie|passe?port|folio|siret|siren|expediente|processo|n[°º])${NUMBER_SIGN}\\p{L}{0,4}-?[1-9]\\d{3,}(?:[-/]\\d+)*${AFTER}`,
);
const COUNT = pattern(
  `(?<!\\d)\\d{1,2} ?(?:adult\\p{L}*|adl|ad|enfants?|enf|pers\\p{L}*|pax|people|guests?|nuit\\p{L}*|nights?|child\\p{L}*|kids?|erw\\p{L}*|kind\\p{L}*|n[aä]chte?|g[aä]ste|adulti|bambin[oi]|nott[ei]|ospiti|ni[nñ]os?|noches?|hu[eé]spedes|noites?|crian[cç]as?|h[oó]spedes|pessoas|couverts?|covers?|chambres?|rooms?|zimmer|ans|years?|jahre|anni|a[nñ]os|min|minutes?)${AFTER}`,
);
/** "F 45 ans": the sex before an age, as practices write it. */
const SEX_AND_AGE = pattern(
  `(?<=[\\p{L}.,;|\\t] ?)${BEFORE}[fmhwd][ ,/]{1,3}\\d{1,3} ?(?:ans|years?|yrs?|y\\/?o|jahre|anni|a[nñ]os|anos)${AFTER}`,
);
const STREETS = [
  pattern(
    `(?<!\\d[ ./-]?)\\d{1,4}(?: ?(?:bis|ter|[a-d]))?,? +(?:rue|avenue|av|ave|bd|blvd|boulevard|chemin|place|impasse|all[eé]es?|route|quai|cours|square|passage|via|calle|rua)${AFTER}[^\\d,;|\\t\\r\\n]{0,60}`,
  ),
  pattern(
    `${BEFORE}(?:rue|avenue|boulevard|chemin|impasse|all[eé]e|via|viale|piazza|corso|calle|avda|avenida|plaza|paseo|rua|pra[cç]a|travessa)[. ][^\\d,;|\\t\\r\\n]{1,60}(?:,? ?\\d{1,4}(?!\\d)(?! \\d\\d))?`,
  ),
  pattern(
    `(?<!\\d[ ./-]?)\\d{1,5} +(?:\\p{L}{1,30} ){1,3}(?:street|st|road|rd|lane|drive|avenue|ave|square|close|court)${AFTER}\\.?`,
  ),
  pattern(
    `${BEFORE}(?:\\p{L}{1,30}[ -]?){1,2}(?:stra(?:ß|ss)e|str\\.|weg|platz|gasse|allee) ?\\d{1,4}\\p{L}?${AFTER}`,
  ),
];
/** A postcode with its town: the following word is not a person. */
const POSTCODE =
  /(?<!\d[ ./-]?)(?<!\+)(?:[A-Z]{1,2}-)?(?:\d{4}-\d{3}|\d{4,5}) +\p{Lu}[^\d,;|\t\r\n\uFFFC]{0,60}/gu;
/** ABC123, 12345678Z, 21B. Ten digits joined to a word may be a number. */
const MIXED =
  /(?<![\p{L}\p{Nd}+])(?=\p{Nd}*\p{L})(?=\p{L}*\p{Nd})(?!\p{L}*\p{Nd}{9})[\p{L}\p{Nd}]{2,30}(?![\p{L}\p{Nd}])/gu;

const EVERYTHING = [
  EMAIL,
  WEB_ADDRESS,
  EXTENSION,
  IBAN,
  VAT,
  CARD,
  NIR,
  SSN,
  ...DATES,
  TIME,
  ...PRICES,
  ROOM,
  REFERENCE,
  SEX_AND_AGE,
  COUNT,
  ...STREETS,
  POSTCODE,
  MIXED,
];

/** Returns the text with everything masked except phone numbers and names. The length stays. */
export function maskNonNumbers(text: string): string {
  return EVERYTHING.reduce(
    (rest, other) => rest.replace(other, (found) => MASK.repeat(found.length)),
    text,
  );
}

/** A postcode behind other digits: certain only once no number is left in the text. */
const LATE_POSTCODE = /(?<!\d)\d{4,5} +\p{Lu}[^\d,;|\t\r\n\uFFFC]{0,60}/gu;

/** Also masks postcodes behind other digits, in a text whose phone numbers are masked already. */
export function maskNumbersToo(text: string): string {
  return maskNonNumbers(text).replace(LATE_POSTCODE, (found) => MASK.repeat(found.length));
}
