import { cleanName } from '../customer-name.ts';
import { maskNumbersToo, MASK } from './mask-non-numbers.ts';
import {
  labelledParts,
  labelledValue,
  piecesOf,
  type LabelledValue,
  type TextPiece,
} from './labelled-parts.ts';
import { distinctPeople, withoutParts } from './labelled-people.ts';

/** A stretch of a text, `end` exclusive. */
export type Span = { readonly start: number; readonly end: number };

export type NameFound = {
  /** Cleaned; empty when there is none or when in doubt. */
  readonly name: string;
  /** Whether words were skipped that may be a name or a part of one. */
  readonly isLeftOut: boolean;
  /** Other names of a text without labels that belong to no other number; cleaned, in order. */
  readonly others: readonly string[];
};

/**
 * Finds the name that belongs to the number at `chosen`, or to no number at all. Searches labels ("Guest name:")
 * first, then the line of the number, the lines above it, and those below. Skips words that may not be a name: they
 * would be sent to Partoo. `numbers` are all spans that hold phone numbers, in order.
 */
export function findName(
  text: string,
  numbers: readonly Span[],
  chosen: Span | undefined,
): NameFound {
  const covered = maskNumbersToo(cut(text, numbers));
  const lines = linesOf(covered);
  const at = chosen === undefined ? 0 : lines.findLastIndex(({ start }) => start <= chosen.start);
  const withNumber = new Set(
    numbers.map((number) => lines.findLastIndex(({ start }) => start <= number.start)),
  );
  const labelled = labelledName(lines, at, withNumber);
  const found = labelled?.name ?? placedName({ lines, at, withNumber, numbers, chosen });
  const name = cleanName(found ?? '');
  const isNoneTaken = name === '' && lines.some(({ pieces }) => pieces.length > 0);
  const isPartLeftOut = /\p{L}[^\n\r]*&|&[^\n\r]*\p{L}/u.test(covered);
  return {
    name,
    isLeftOut: isNoneTaken || isPartLeftOut || labelled?.isLeftOut === true,
    others: labelled?.others ?? otherNames(lines, at, withNumber, name),
  };
}

/** A name has two words; if the customer's has one, other names in its line may have one too. */
function otherNames(
  lines: readonly Line[],
  at: number,
  withNumber: ReadonlySet<number>,
  name: string,
): readonly string[] {
  const found = lines.flatMap(({ pieces }, place) => {
    if (place !== at && withNumber.has(place)) return [];
    const isShort = place === at && name !== '' && !name.includes(' ');
    return runsOf(pieces).filter((run) => isShort || isStrong(run));
  });
  const names = found.map((run) => cleanName(textOf(run)));
  return [...new Set(names)].filter((other) => !name.includes(other));
}

type Line = {
  readonly start: number;
  readonly text: string;
  readonly pieces: readonly TextPiece[];
};

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/)) {
    lines.push({ start, text: line, pieces: piecesOf(line, start) });
    start += line.length + (text.startsWith('\r\n', start + line.length) ? 2 : 1);
  }
  return lines;
}

function cut(text: string, spans: readonly Span[]): string {
  return spans.reduce(
    (rest, { start, end }) => rest.slice(0, start) + MASK.repeat(end - start) + rest.slice(end),
    text,
  );
}

type Labelled = NameFound;

/**
 * Returns the values of the name labels nearest to the number: above it up to another customer's number, else below.
 */
function labelledName(
  lines: readonly Line[],
  at: number,
  withNumber: ReadonlySet<number>,
): Labelled | undefined {
  const above = valuesFrom(lines, steps(at, -1, 0), withNumber, -1).toReversed();
  const values =
    above.length > 0 ? above : valuesFrom(lines, steps(at + 1, 1, lines.length - 1), withNumber, 1);
  if (values.length === 0) return undefined;
  const found = values.flatMap((value) => nameAtStart(value) ?? []);
  const names = withoutParts(found.map(({ name }) => name));
  const people = distinctPeople(found, names);
  if (people !== undefined) return { name: '', isLeftOut: true, others: people.map(cleanName) };
  // More than a first and a last name are two people, or a name in two spellings.
  return {
    name: names.slice(0, LABELS_MAX).join(' '),
    isLeftOut: names.length > LABELS_MAX || found.some(({ isLeftOut }) => isLeftOut),
    others: [],
  };
}

const LABELS_MAX = 2;

type ValueName = Pick<NameFound, 'name' | 'isLeftOut'> & Pick<LabelledValue, 'isPerson'>;

/** "Marie Dupont" of "Marie Dupont, chambre double": the first part of a label's value. */
function nameAtStart({ value, isPerson }: LabelledValue): ValueName | undefined {
  const pieces = piecesOf(value, 0);
  const [first] = pieces;
  if (first === undefined || first.kind === 'other') return undefined;
  const [run] = runsOf(pieces);
  if (run?.[0] !== first) return undefined;
  const next = pieces[run.length];
  const isLeftOut = next?.gap === 'comma' && isName(next);
  return { name: textOf(run), isPerson, isLeftOut };
}

function valuesFrom(
  lines: readonly Line[],
  order: readonly number[],
  withNumber: ReadonlySet<number>,
  step: 1 | -1,
): readonly LabelledValue[] {
  const values: LabelledValue[] = [];
  for (const place of order) {
    if (values.length > 0 && withNumber.has(place)) break;
    for (const part of partsOf(lines[place]?.text ?? '', step)) {
      const labelled = labelledValue(part);
      if (labelled === undefined) continue;
      const isBelow = labelled.value.trim() === '';
      const value = isBelow ? (lines[place + 1]?.text ?? '') : labelled.value;
      values.push({ ...labelled, value });
    }
  }
  return values;
}

/** Splits a line into parts, in reverse if lines are read in reverse: "Nom : Dupont; Prénom : Marie". */
function partsOf(line: string, step: 1 | -1): readonly string[] {
  const parts = line.split(/[;|\t\uFFFC]+|, (?=[^,:;|\t\uFFFC]{1,30}:)/).flatMap(labelledParts);
  return step === -1 ? parts.toReversed() : parts;
}

function steps(from: number, step: 1 | -1, to: number): readonly number[] {
  const length = Math.max(0, (to - from) * step + 1);
  return Array.from({ length }, (_, i) => from + i * step);
}

/** The lines of a signature or card above or below a number. */
const LINES_MAX = 6;

type Placed = {
  readonly lines: readonly Line[];
  readonly at: number;
  readonly withNumber: ReadonlySet<number>;
  readonly numbers: readonly Span[];
  readonly chosen: Span | undefined;
};

function placedName({ lines, at, withNumber, numbers, chosen }: Placed): string | undefined {
  if (chosen === undefined)
    return choose(
      lines.flatMap(({ pieces }) => pieces),
      [],
    );
  const own = lines[at]?.pieces ?? [];
  if (own.some(({ kind }) => kind === 'name')) return besideNumber(own, numbers, chosen);
  const above = nearby(lines, steps(at - 1, -1, 0), withNumber).toReversed();
  const fromAbove = choose(
    above.flatMap(({ pieces }) => pieces),
    [],
  );
  if (fromAbove !== undefined || above.some(({ pieces }) => pieces.some(isName))) return fromAbove;
  const below = nearby(lines, steps(at + 1, 1, lines.length - 1), withNumber);
  return choose(
    below.flatMap(({ pieces }) => pieces),
    [],
  );
}

function nearby(
  lines: readonly Line[],
  order: readonly number[],
  withNumber: ReadonlySet<number>,
): readonly Line[] {
  // If a card has a name, a line with another number ends it; otherwise the search continues above: "Tel." and then
  // "Mobile".
  let hasName = order[0] !== undefined && order[1] !== undefined && order[0] < order[1];
  const other = order.findIndex((place) => {
    hasName ||= lines[place]?.pieces.some(isName) === true && !withNumber.has(place);
    return hasName && withNumber.has(place);
  });
  return order
    .slice(0, other === -1 ? undefined : other)
    .flatMap((place) => lines[place] ?? [])
    .filter(({ pieces }) => pieces.length > 0)
    .slice(0, LINES_MAX);
}

function isName({ kind }: TextPiece): boolean {
  return kind === 'name';
}

function besideNumber(
  pieces: readonly TextPiece[],
  numbers: readonly Span[],
  chosen: Span,
): string | undefined {
  const previous = numbers.findLast(({ end }) => end <= chosen.start);
  const before = pieces.filter(({ start }) => start < chosen.start);
  const between = before.filter(({ start }) => previous === undefined || start >= previous.end - 1);
  const after = pieces.filter(({ start }) => start >= chosen.start);
  return choose(between.some(isName) ? between : before, after);
}

/**
 * Chooses one run of name pieces with two words or more, before the number first, then behind it; else one with one
 * word.
 */
function choose(before: readonly TextPiece[], after: readonly TextPiece[]): string | undefined {
  const first = runsOf(before);
  const strong = first.filter(isStrong);
  if (strong.length > 0) return strong.length === 1 ? textOf(strong[0] ?? []) : undefined;
  const second = runsOf(after);
  const strongSecond = second.filter(isStrong);
  if (first.length > 0) {
    return first.length === 1 && strongSecond.length === 0 ? textOf(first[0] ?? []) : undefined;
  }
  if (strongSecond.length > 0) {
    return strongSecond.length === 1 ? textOf(strongSecond[0] ?? []) : undefined;
  }
  return second.length === 1 ? textOf(second[0] ?? []) : undefined;
}

type Run = readonly TextPiece[];

function isStrong(run: Run): boolean {
  return run.flatMap(({ words }) => words).length >= 2;
}

/** Joins first and last names separated by columns, lines or a comma: DUPONT;Marie and Dupont, Marie. */
function runsOf(pieces: readonly TextPiece[]): readonly Run[] {
  const runs: TextPiece[][] = [];
  let previous: TextPiece | undefined;
  for (const piece of pieces) {
    const run = runs.at(-1);
    if (piece.kind !== 'other') {
      if (run !== undefined && previous === run.at(-1) && belongs(run, piece)) run.push(piece);
      else runs.push([piece]);
    }
    previous = piece;
  }
  return runs.filter((run) => run.some(isName));
}

function belongs(run: Run, piece: TextPiece): boolean {
  if (run.every(({ kind }) => kind === 'title')) return true;
  const first = run.find(isName);
  const isSurname =
    first !== undefined &&
    (first.words.length === 1 || first.words.every((word) => word === word.toUpperCase()));
  return (
    piece.gap !== 'other' && isSurname && run.filter(isName).length === 1 && piece.words.length <= 2
  );
}

function textOf(run: Run): string {
  return run
    .map(
      ({ words, gap }, at) => `${at === 0 ? '' : gap === 'comma' ? ', ' : ' '}${words.join(' ')}`,
    )
    .join('');
}
