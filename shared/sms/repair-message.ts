/** Finds and repairs foreign placeholders and broken links in a custom text. */

/** Partoo's link. */
const LINK = '@link';
const NAME = '{name}';

/** A placeholder of another program. `meant` is Deskbell's own, where that is clear. */
export type ForeignPlaceholder = {
  readonly written: string;
  readonly meant: '{name}' | '@link' | null;
};

const NAME_WORD =
  '(?:(?:first|last|full|given|family|guest|customer|client|patient|contact|target|user)[ _-]?name|name|nom|pr[eé]nom|noms?[ _-](?:du[ _-])?client|vorname|nachname|kundenname|nombre|apellidos?|nome|cognome|sobrenome|apelido|customer|client|cliente|kunde|gast|guest|target[ _]?name)';
const LINK_WORD = '(?:link|lien|url|enlace|collegamento|liga[cç][aã]o|review[ _-]?link)';
const WORD = `(?:${NAME_WORD}|${LINK_WORD})`;

/** Words that clearly mean a name: a placeholder with them is recognised without a sign. */
const NAME_LABEL =
  '(?:(?:FIRST|LAST|FULL|GIVEN|FAMILY|GUEST|CUSTOMER|CLIENT|PATIENT)[ _-]?NAME|NAME|NOM[ _-](?:DU[ _-])?CLIENT|NOM|PR[EÉ]NOM|VORNAME|NACHNAME|KUNDENNAME|NOMBRE|APELLIDOS?|NOME|COGNOME|SOBRENOME|APELIDO)';
const NAME_LABELS = `${NAME_LABEL}(?:[ _/-]{1,3}${NAME_LABEL})?`;
const IN_BRACKETS = `\\( ?${NAME_LABELS} ?\\)`;
const ALONE = new RegExp(
  `(?<![\\p{L}\\p{N}@#$%_{[<({'’-])${NAME_LABELS}(?![\\p{L}\\p{N}%_}\\]>)'’-])`,
  'gu',
);

const FOREIGN = new RegExp(
  [
    // People do not write braces in a text; one letter in braces is not a word.
    '\\{{1,3}[^{}\\n]{2,40}\\}{1,3}',
    // Brackets, angles and signs have other uses too.
    `\\[{1,2} ?${WORD} ?\\]{1,2}`,
    `<{1,2} ?${WORD} ?>{1,2}`,
    `(?<![\\p{L}\\p{N}%])%{1,2} ?[\\p{L}][\\p{L}_-]{1,30} ?%{1,2}(?![\\p{L}\\p{N}])`,
    IN_BRACKETS,
    `#${WORD}#`,
    `\\$\\{?${WORD}\\}?(?![\\p{L}\\p{N}])`,
    `__${WORD}__`,
    `(?<![\\p{L}\\p{N}@])@${NAME_WORD}(?![\\p{L}\\p{N}])`,
    `(?<![\\p{L}\\p{N}@])@(?:lien|url|enlace)(?![\\p{L}\\p{N}])`,
  ].join('|'),
  'giu',
);

const IS_NAME = new RegExp(
  `^[^\\p{L}]*(?:(?:votre|your|ihr|su|seu|suo|le|the)[ _-])?(?:${NAME_WORD}|${NAME_LABELS})[^\\p{L}]*$`,
  'iu',
);
const IS_LINK = new RegExp(`^[^\\p{L}]*${LINK_WORD}[^\\p{L}]*$`, 'iu');

/** Returns the placeholders of a text that would be sent unchanged, each once, in order. */
export function findForeignPlaceholders(text: string): readonly ForeignPlaceholder[] {
  const written = stretchesOf(text).flatMap(({ text: stretch, isPlaceholder }) =>
    isPlaceholder && stretch !== NAME ? [stretch] : [],
  );
  return [...new Set(written)].map((found) => ({ written: found, meant: meantBy(found) }));
}

/** Splits a text into placeholders and the stretches between them. */
function stretchesOf(text: string): readonly Stretch[] {
  // In a text in all capitals, a word in capitals is just a word.
  const hasSmallLetters = /\p{Ll}/u.test(text.replaceAll(LINK, '').replace(FOREIGN, ''));
  return split(text, FOREIGN).flatMap((stretch) =>
    stretch.isPlaceholder || !hasSmallLetters ? [stretch] : split(stretch.text, ALONE),
  );
}

type Stretch = { readonly text: string; readonly isPlaceholder: boolean };

function split(text: string, pattern: RegExp): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let start = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    stretches.push({ text: text.slice(start, index), isPlaceholder: false });
    stretches.push({ text: found, isPlaceholder: true });
    start = index + found.length;
  }
  return [...stretches, { text: text.slice(start), isPlaceholder: false }];
}

function meantBy(written: string): ForeignPlaceholder['meant'] {
  const plain = written.normalize('NFC');
  if (IS_NAME.test(plain)) return NAME;
  return IS_LINK.test(plain) ? LINK : null;
}

/** Characters that may directly precede a link: a space, a bracket, a quotation mark, a colon. */
const BEFORE = /(?:^|[\s([{<"'«»“”„‘’:;,!?\-–—*•>])$/u;
/** A web address ends at the next space, bracket or quotation mark. Telephones exclude punctuation at its end. */
const AFTER = /^[^\s)\]}>"'«»“”‘’<([]*[\p{L}\p{N}_/#%&=+~@{-]/u;
const SCHEME = /(?:https?:\/\/|www\.)$/i;

/** Whether a character touches a link so that the customer's telephone includes it in the address. */
export function isLinkJoined(text: string): boolean {
  const parts = text.split(LINK);
  return parts.some(
    (part, at) =>
      (at < parts.length - 1 && (!BEFORE.test(part) || SCHEME.test(part))) ||
      (at > 0 && AFTER.test(part)),
  );
}

/**
 * Repairs the text as it was probably meant: replaces clear placeholders by Deskbell's, and separates links. Unclear
 * ones stay for the writer.
 */
export function repairMessage(text: string): string {
  let repaired = text;
  // Text separated from a link may be a placeholder itself. A few rounds are enough for any real text.
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const next = repairOnce(repaired);
    if (next === repaired) break;
    repaired = next;
  }
  return repaired;
}

const ROUNDS_MAX = 20;

function repairOnce(text: string): string {
  const replaced = stretchesOf(text)
    .map(({ text: found, isPlaceholder }) =>
      isPlaceholder && found !== NAME ? (meantBy(found) ?? found) : found,
    )
    .join('');
  const parts = replaced.split(LINK);
  return parts
    .map((part, at) => {
      const isLast = at === parts.length - 1;
      const start = at > 0 && AFTER.test(part) ? partedAtStart(part) : part;
      const end = isLast ? start : start.replace(SCHEME, '');
      return isLast || BEFORE.test(end) ? end : `${end} `;
    })
    .join(LINK);
}

/** Separates text from a link: "Merci" becomes " Merci", ".Merci" becomes ". Merci". */
function partedAtStart(part: string): string {
  const punctuation = /^[.,;:!?…]*/u.exec(part)?.[0] ?? '';
  return `${punctuation} ${part.slice(punctuation.length)}`;
}
