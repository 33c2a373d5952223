/** A name behind a label. `isPerson`: the label is that of a whole person ("Contact"), and not of a part of a name ("Nom"). */
type LabelledName = { readonly name: string; readonly isPerson: boolean };

/** The different names, without those of which another one has every word: "Dupont" beside "Marie Dupont". */
export function withoutParts(names: readonly string[]): readonly string[] {
  const different = [...new Set(names)];
  return different.filter(
    (name) => !different.some((other) => other !== name && isPartOf(name, other)),
  );
}

/**
 * "Nom: Dupont / Contact: Paul Martin": all names when a label of a whole person has one that goes with no other; undefined
 * when they are parts of one name.
 */
export function distinctPeople(
  found: readonly LabelledName[],
  names: readonly string[],
): readonly string[] | undefined {
  const isApart = ({ name, isPerson }: LabelledName): boolean =>
    isPerson && name.includes(' ') && names.some((other) => other !== name);
  return found.some(isApart) ? names : undefined;
}

function isPartOf(name: string, other: string): boolean {
  const words = wordsOf(other);
  return wordsOf(name).every((word) => words.includes(word)) && wordsOf(name).length < words.length;
}

function wordsOf(name: string): readonly string[] {
  return name.toLowerCase().split(/[ ,]+/);
}
