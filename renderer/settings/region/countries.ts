import { countrySchema, type Country } from '../../../shared/phone/e164.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');

export type NamedCountry = { readonly code: Country; readonly name: string };

/** Returns every country with a number plan, with its name in the language of `locale`, in alphabetical order. */
export function listCountries(locale: string): readonly NamedCountry[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const inOrder = new Intl.Collator(locale);
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .flatMap((pair) => {
      const code = countrySchema.safeParse(pair);
      return code.success ? [{ code: code.data, name: names.of(code.data) ?? code.data }] : [];
    })
    .toSorted((one, other) => inOrder.compare(one.name, other.name));
}
