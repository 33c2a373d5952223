import { nameIn } from './labelled-parts.ts';

/** A contact copied as a vCard (RFC 6350 and older versions) or as the MECARD of a QR code. */
export type ContactCard = {
  /** As written there, mobiles first. */
  readonly phones: readonly string[];
  /** As written there; empty when in doubt. */
  readonly name: string;
};

/** Parses the first card of a text; undefined when it holds none. */
export function parseContactCard(text: string): ContactCard | undefined {
  if (/^\s*BEGIN:VCARD/i.test(text)) return readVcard(text);
  const mecard = /^\s*MECARD:(.*)$/is.exec(text)?.[1];
  return mecard === undefined ? undefined : readMecard(mecard);
}

function readVcard(text: string): ContactCard {
  const card = text.split(/^END:VCARD/im)[0] ?? '';
  // A long line continues in the next one, after a space.
  const lines = card.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const fields = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    // A group may precede a name: item1.TEL
    const [name = '', ...params] = line.slice(0, colon).toUpperCase().split(';');
    const value = line.slice(colon + 1);
    return colon === -1
      ? []
      : [{ name: name.replace(/^.*\./, ''), params: params.join(';'), value }];
  });
  const tels = fields.filter(({ name }) => name === 'TEL');
  const mobiles = tels.filter(({ params }) => /CELL|MOBILE|IPHONE/.test(params));
  const readable = fields.filter(({ params }) => !/QUOTED-PRINTABLE|BASE64/.test(params));
  const full = readable.find(({ name }) => name === 'FN')?.value;
  const [last = '', first = ''] = (readable.find(({ name }) => name === 'N')?.value ?? '').split(
    /(?<!\\);/,
  );
  return {
    phones: [...mobiles, ...tels.filter((tel) => !mobiles.includes(tel))].map(({ value }) =>
      value.replace(/^tel:/i, '').trim(),
    ),
    name: nameIn(unescaped(full ?? '')) ?? nameIn(unescaped(`${first} ${last}`)) ?? '',
  };
}

function readMecard(text: string): ContactCard {
  const fields = text.split(/(?<!\\);/).map((field) => /^\s*([A-Z]+):(.*)$/is.exec(field));
  const valuesOf = (name: string): readonly string[] =>
    fields.flatMap((field) => (field?.[1]?.toUpperCase() === name ? [field[2] ?? ''] : []));
  const [last = '', first = ''] = (valuesOf('N')[0] ?? '').split(/(?<!\\),/);
  return {
    phones: valuesOf('TEL').map((value) => value.trim()),
    name: nameIn(unescaped(`${first} ${last}`)) ?? '',
  };
}

function unescaped(value: string): string {
  return value.replace(/\\n/gi, ' ').replace(/\\(.)/g, '$1').trim();
}
