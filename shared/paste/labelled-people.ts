/** A name behind a label. `isPerson`: the label is that of a full name ("Contact"), not of a part of one ("Nom"). */
type LabelledName = { readonly name: string; readonly isPerson: boolean };

/**
 * Returns the different names, without those whose words are all part of another one: "Dupont" beside "Marie Dupont".
 */
export function withoutParts(names: readonly string[]): readonly string[] {
  const different = [...new Set(names)];
  return different.filter(
    (name) => !different.some((other) => other !== name && isPartOf(name, other)),
  );
}

/**
 * Returns all names of "Nom: Dupont / Contact: Paul Martin" if a full-name label has one that fits no other; undefined
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
