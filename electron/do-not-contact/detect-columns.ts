import type { Country } from '../../shared/phone/e164.ts';
import { plainText } from '../../shared/search-terms.ts';
import { findNumbers, mayHoldNumber } from '../../shared/phone/numbers-in-cell.ts';
import type { Table } from './read-table.ts';

/** The meaning of a column's heading; `unknown` when the heading is missing or not recognised. */
export type Meaning = 'phone' | 'date' | 'since' | 'staff' | 'file-number' | 'text' | 'unknown';

export type Column = {
  /** The position in a line, from 0. */
  readonly at: number;
  readonly heading: string | null;
  readonly meaning: Meaning;
  /** Some of the cells that contain digits. */
  readonly samples: readonly string[];
  /** How many cells hold a number that can receive an SMS, and how many hold one that cannot. */
  readonly mobiles: number;
  readonly landlines: number;
  /** Whether its cells are taken as numbers without asking. */
  readonly isTaken: boolean;
  /** Whether a person must decide if it holds numbers. */
  readonly isUnclear: boolean;
};

const SAMPLES = 3;
const SAMPLE_MAX = 40;
const HEADING_MAX = 60;

/** Heading words in the six languages and those of PMS exports; the first match counts. Compared as plain text. */
const MEANINGS: readonly (readonly [Exclude<Meaning, 'unknown'>, RegExp])[] = [
  ['text', /\b(?:e ?-?mails?|type|label|courriel|correo)\b/],
  [
    'phone',
    /\b(?:tel|telnr|tlf|tfn|phones?|mob|mobil|mobile|mobiles|portables?|gsm|handys?|cell|cellular|cellulare|cellulari|moviles|movil|celular|telemovel|telemoveis|fixe|festnetz|fisso|fijo|fixo|sms|whatsapp|natel|msisdn)\b|telefon|telephon|handynummer|rufnummer|mobilnummer|mobilnr/,
  ],
  ['since', /^(?:since|depuis(?: le)?|seit|desde(?: el)?|dal)$/],
  [
    'staff',
    /\b(?:staff|told to|noted by|signale a|note par|aufgenommen von|anotado por|annotato da|employees?|employes?|dit a|mitarbeiter(?:in)?|gesagt zu|dicho a|empleados?|detto a|dipendenti?|dito a|funcionarios?|colleagues?|collegues?)\b/,
  ],
  [
    'date',
    /\b(?:dates?|datum|dato|fechas?|data|datas|anreise|abreise|ankunft|arrivees?|arrivals?|departs?|departures?|llegadas?|salidas?|arrivo|partenza|chegada|partida|check ?-?(?:in|out)|from|until|von|bis|birth|birthday|naissance|geburtstag|nacimiento|nascita|nascimento|created|time|heure|uhrzeit|hora|ora)\b|geburt/,
  ],
  [
    'file-number',
    /\b(?:ids?|ref|refs|references?|nr|no|buchung|buchungs|bookings?|reservations?|reservierung|reserva|prenotazione|confirmations?|conf|dossiers?|folio|invoices?|rechnung|factures?|facturas?|fattura|faturas?|rooms?|zimmer|chambres?|habitacion|camera|quartos?|zip|plz|cap|cp|post ?code|code postal|codigo postal|amounts?|betrag|montants?|importes?|importo|prix|prices?|preis|precio|prezzo|preco|iban|siret|vat|tva|ust|nif|cif|nights?|nuits?|nachte)\b|buchungs|reservierungs|rechnungs|kundennummer|gastnummer/,
  ],
  [
    'text',
    /\b(?:names?|noms?|nombres?|nome|vorname|nachname|prenoms?|apellidos?|cognome|apelido|guests?|gast|clients?|clientes?|kunden?|customers?|ospite|hospede|huesped|notes?|comments?|commentaires?|bemerkung(?:en)?|remarks?|remarques?|notas?|address(?:es)?|adresses?|direccion|indirizzo|morada|city|ville|ort|stadt|ciudad|citta|cidade|country|pays|land|pais|paese|language|langue|sprache|idioma|lingua|status|agency|agence|source)\b/,
  ],
];

/** Returns the meaning of a heading. */
function meaningOf(heading: string | null): Meaning {
  const text = plainText((heading ?? '').replaceAll(/[_.:()/°]/g, ' '));
  return MEANINGS.find(([, words]) => words.test(text))?.[0] ?? 'unknown';
}

/**
 * Describes the columns of a table, and whether each is clear. Yields to the event loop after each part of the lines.
 */
export async function describeColumns(
  { heading, rows }: Table,
  country: Country,
  pause: (cells: number) => Promise<void>,
): Promise<readonly Column[]> {
  const count = rows.reduce((most, { cells }) => Math.max(most, cells?.length ?? 0), 0);
  const columns = Array.from({ length: count }, (_, at) =>
    startColumn(at, heading?.[at]?.trim() ?? null),
  );
  for (const { cells } of rows) {
    await pause(cells?.length ?? 1);
    for (const [at, cell] of (cells ?? []).entries()) {
      const column = columns[at];
      if (column !== undefined && mayHoldNumber(cell)) lookAt(column, cell, country);
    }
  }
  return judge(columns);
}

type Counted = {
  readonly at: number;
  readonly heading: string | null;
  readonly meaning: Meaning;
  readonly samples: string[];
  /** Cells that begin like a number, and cells of bare digits that can be a number. */
  announced: number;
  bare: number;
  landlines: number;
  filled: number;
};

function startColumn(at: number, heading: string | null): Counted {
  const shown = heading === '' ? null : (heading?.slice(0, HEADING_MAX) ?? null);
  const counts = { announced: 0, bare: 0, landlines: 0, filled: 0 };
  return { at, heading: shown, meaning: meaningOf(heading), samples: [], ...counts };
}

function lookAt(column: Counted, cell: string, country: Country): void {
  if (column.samples.length < SAMPLES) column.samples.push(cell.trim().slice(0, SAMPLE_MAX));
  column.filled += 1;
  if (column.meaning === 'date') return;
  const announced = findNumbers(cell, country, 'announced');
  if (announced.mobiles.length > 0) column.announced += 1;
  else if (announced.landlines.length > 0) column.landlines += 1;
  else {
    const bare = findNumbers(cell, country, 'any');
    if (bare.mobiles.length > 0) column.bare += 1;
    else if (bare.landlines.length > 0 && column.meaning === 'phone') column.landlines += 1;
  }
}

function judge(columns: readonly Counted[]): readonly Column[] {
  const isOnly = columns.length === 1;
  const judged = columns.map((column): Column => {
    const { at, heading, meaning, samples, announced, landlines } = column;
    const bare = meaning === 'phone' || meaning === 'unknown' ? column.bare : 0;
    const mobiles = announced + bare;
    const isUnclear =
      (meaning === 'file-number' && announced > 0) ||
      (meaning === 'unknown' && bare > 0 && !(isOnly && heading === null)) ||
      (meaning === 'unknown' && bare > 0 && mobiles * 2 < column.filled);
    const isTaken = mobiles > 0 && !isUnclear;
    return { at, heading, meaning, samples, mobiles, landlines, isTaken, isUnclear };
  });
  if (judged.some(({ isTaken, isUnclear }) => isTaken || isUnclear)) return judged;
  // Only numbers that cannot receive an SMS: a person must decide whether they are meant.
  return judged.map((column): Column =>
    Object.assign({}, column, { isUnclear: column.landlines > 0 }),
  );
}
