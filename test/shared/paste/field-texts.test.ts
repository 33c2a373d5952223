import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countrySchema, type Country } from '../../../shared/phone/e164.ts';
import { parsePastedText, parsePhone } from '../../../shared/phone/phone.ts';

/** The content of the two fields: the number as it is read, and the name. */
function landed(text: string, home: string | undefined): readonly [string, string] {
  const at: Country = countrySchema.parse(home);
  const { phone, name } = parsePastedText(text, at);
  const reading = parsePhone(phone, at);
  return [reading.kind === 'complete' ? reading.e164 : '', name];
}

const SAMPLES = readFileSync(new URL('../../fixtures/pasted.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'));

describe('[row 157] a text from a hotel', () => {
  test.each(SAMPLES)('in %s %s is %s', (home, json = '""', expected = '') => {
    const text = String(JSON.parse(json)).replaceAll('¦', '|');
    const [number, name] = landed(text, home);
    expect(`${number} / ${JSON.stringify(name)}`).toBe(expected);
  });

  test.each([
    ['FR', 'Mme DUPONT Marie née MARTIN 06 12 34 56 78', '+33612345678', ''],
    ['FR', 'Chambre 214 - Dupont Marie - 0612345678', '+33612345678', 'Dupont Marie'],
    ['FR', 'Ch. 12 M. Durand 06 12 34 56 78', '+33612345678', 'M. Durand'],
    ['FR', 'Portable perso : 06 12 34 56 78', '+33612345678', ''],
    [
      'FR',
      'Tél. fixe : 01 42 33 44 55 / Mobile : 06 12 34 56 78 - Marie Dupont',
      '+33612345678',
      'Marie Dupont',
    ],
    ['FR', 'Bureau : 01 42 33 44 55\nMobile : 06 12 34 56 78', '+33612345678', ''],
    [
      'FR',
      'Cordialement,\nMarie Dupont\nDirectrice commerciale\nTél. : 01 42 33 44 55\nPort. : 06 12 34 56 78',
      '+33612345678',
      'Marie Dupont',
    ],
    [
      'FR',
      'Patient : DUPONT Marie\nNé(e) le 05/06/1980\nTél : 0612345678',
      '+33612345678',
      'DUPONT Marie',
    ],
    ['FR', 'Dupont Marie 0612345678 le 23 novembre 2026 à 14h', '+33612345678', 'Dupont Marie'],
    ['FR', 'Bonjour, je suis Marie Dupont, mon numéro est le 06 12 34 56 78', '+33612345678', ''],
    [
      'FR',
      'Client: Marie Dupont, chambre double, 2 nuits, 258,00 EUR, +33 6 12 34 56 78',
      '+33612345678',
      'Marie Dupont',
    ],
    ['FR', '06 12 34 56 78 rappeler demain', '+33612345678', ''],
    ['FR', 'rappeler Mme Dupont au 06 12 34 56 78', '+33612345678', ''],
    ['FR', 'Marie Dupont 06 12 34 56 78 Nissan Micra AB-123-CD', '+33612345678', 'Marie Dupont'],
    ['FR', 'Coupe homme - Jean Martin - 06 12 34 56 78', '+33612345678', 'Jean Martin'],
    ['FR', "Jean-Pierre O'Brien +33 6 12 34 56 78", '+33612345678', "Jean-Pierre O'Brien"],
    [
      'FR',
      'DUPONT Marie (ch. 214) 06.12.34.56.78 arr. 23/11 dép. 25/11',
      '+33612345678',
      'DUPONT Marie',
    ],
    ['FR', '"DUPONT","Marie","0612345678","marie@example.com"', '+33612345678', 'DUPONT Marie'],
    [
      'FR',
      '1;DUPONT;Marie;F;05/06/1980;12 rue de Paris;75011;PARIS;0142334455;0612345678;m@x.fr',
      '+33612345678',
      'DUPONT Marie',
    ],
    ['FR', 'Réservation n° 4567890123 au nom de Dupont 06 12 34 56 78', '+33612345678', ''],
    ['FR', 'Sécu 2800675123456 78 Marie Dupont 0612345678', '+33612345678', 'Marie Dupont'],
    ['FR', 'Marie Dupont 280067512345678 0612345678', '+33612345678', 'Marie Dupont'],
    ['FR', '+33612345678 / +33712345678', '+33612345678', ''],
    ['FR', '06 12 34 56 78 (Marie) 07 12 34 56 78 (Paul)', '+33612345678', ''],
    ['FR', 'Tel: 0612345678 Ext: 12', '+33612345678', ''],
    ['FR', '06 12 34 56 78 p. 12', '+33612345678', ''],
    [
      'FR',
      'Marie Dupont\n12 rue de la République\n69002 Lyon\nTél. 06 12 34 56 78',
      '+33612345678',
      'Marie Dupont',
    ],
    ['FR', 'Hôtel Bellevue\n06 12 34 56 78', '+33612345678', ''],
    ['FR', 'Lundi 23 novembre 14:30\nMarie Dupont\n06 12 34 56 78', '+33612345678', 'Marie Dupont'],
    ['FR', '14:30-15:00 Marie Dupont 0612345678 Consultation', '+33612345678', 'Marie Dupont'],
    ['FR', 'Marie Dupont <marie@x.fr> 06 12 34 56 78', '+33612345678', 'Marie Dupont'],
    ['FR', 'Nom: Marie Dupont; Tél: 06 12 34 56 78; Chambre: 214', '+33612345678', 'Marie Dupont'],
    [
      'FR',
      'Nom | Prénom | Téléphone\nDupont | Marie | 06 12 34 56 78',
      '+33612345678',
      'Dupont Marie',
    ],
    ['FR', 'Nom\tPrénom\tTéléphone\nDupont\tMarie\t06 12 34 56 78', '+33612345678', 'Dupont Marie'],
    [
      'FR',
      'Booker: Expedia\nGuest: Marie Dupont\nPhone: +33 6 12 34 56 78',
      '+33612345678',
      'Marie Dupont',
    ],
    ['FR', 'Age : 45 ans Marie Dupont 0612345678', '+33612345678', 'Marie Dupont'],
    ['FR', 'prix: 129€ - tel 0612345678', '+33612345678', ''],
    ['FR', 'Dr. Jean Martin 06 12 34 56 78', '+33612345678', 'Dr. Jean Martin'],
    ['FR', 'LE GOFF Anne 06 12 34 56 78', '+33612345678', 'LE GOFF Anne'],
    ['FR', 'de La Tour Marie 06 12 34 56 78', '+33612345678', 'de La Tour Marie'],
    ['FR', '😀 Marie Dupont 06 12 34 56 78 👍', '+33612345678', 'Marie Dupont'],
    ['FR', 'Table 5 - 20h30 - 4 pers. - Dupont - 0612345678', '+33612345678', ''],
    ['FR', '20h30 4 couverts Dupont 0612345678', '+33612345678', 'Dupont'],
    [
      'FR',
      'IBAN FR76 3000 6000 0112 3456 7890 189 06 12 34 56 78 Marie Dupont',
      '+33612345678',
      'Marie Dupont',
    ],
    ['FR', 'Marie Dupont 06 12 34 56 78 214', '+33612345678', 'Marie Dupont'],
    ['DE', 'Müller, Hans\t0171 1234567\tZi. 214\t23.11.2026', '+491711234567', 'Müller, Hans'],
    ['DE', 'Herr Hans Müller Tel. 0171/1234567', '+491711234567', 'Herr Hans Müller'],
    ['DE', 'Nachname: Müller\nVorname: Hans\nMobil: 0171 1234567', '+491711234567', 'Müller Hans'],
    ['DE', 'Rufnummer: 0171 1234567', '+491711234567', ''],
    ['DE', 'Handy-Nr.: 0171 1234567', '+491711234567', ''],
    ['DE', 'Mobil: 0171 1234567, Festnetz: 030 1234567', '+491711234567', ''],
    ['DE', '14:30 Uhr Hans Müller 0171 1234567 Zahnreinigung', '+491711234567', 'Hans Müller'],
    ['DE', 'Hans Müller, Hauptstr. 12, 10115 Berlin, 0171 1234567', '+491711234567', 'Hans Müller'],
    ['DE', 'Buchung 1234567890 Hans Müller 0171 1234567', '+491711234567', 'Hans Müller'],
    ['DE', 'Hans Müller 0171 1234567 2 Erw.', '+491711234567', 'Hans Müller'],
    [
      'DE',
      'Kunde: Hans Müller\nKundennummer: 12345678\nTel.: 0171 1234567',
      '+491711234567',
      'Hans Müller',
    ],
    ['DE', 'Gast: Müller, Hans\nTelefon: +49 171 1234567', '+491711234567', 'Müller, Hans'],
    [
      'DE',
      'Mit freundlichen Grüßen\nHans Müller\nGeschäftsführer\nTel. +49 30 123456-12\nMobil +49 171 1234567',
      '+491711234567',
      'Hans Müller',
    ],
    ['IT', 'Mario Rossi 333 1234567 camera 12', '+393331234567', 'Mario Rossi'],
    ['IT', 'Sig.ra Maria Bianchi cell. 333 1234567', '+393331234567', 'Sig.ra Maria Bianchi'],
    ['IT', 'Cellulare: 333 1234567', '+393331234567', ''],
    ['IT', 'Prenotazione 3987654321 Mario Rossi 333 1234567', '+393331234567', 'Mario Rossi'],
    ['IT', 'Mario Rossi, Via Roma 12, 00184 Roma, 333 1234567', '+393331234567', 'Mario Rossi'],
    ['IT', 'RSSMRA80A01H501U Mario Rossi 3331234567', '+393331234567', 'Mario Rossi'],
    ['IT', 'Recapito: 333 1234567', '+393331234567', ''],
    ['IT', 'Nominativo: Mario Rossi\nTelefono: 333 1234567', '+393331234567', 'Mario Rossi'],
    ['ES', 'Hab. 214 María García 612 345 678', '+34612345678', 'María García'],
    [
      'ES',
      'Nombre: María\nApellidos: García López\nMóvil: 612 345 678',
      '+34612345678',
      'María García López',
    ],
    ['ES', 'DNI 12345678Z María García 612345678', '+34612345678', 'María García'],
    ['ES', 'Tfno.: 612 345 678', '+34612345678', ''],
    ['ES', 'Sra. García, C/ Mayor 5, 28013 Madrid, 612 345 678', '+34612345678', 'Sra. García'],
    ['ES', 'Cliente: María García; Teléfono: 612345678', '+34612345678', 'María García'],
    ['ES', '23/11/2026 10:00 María García 612345678 Limpieza', '+34612345678', 'María García'],
    ['PT', 'Telemóvel: 912 345 678', '+351912345678', ''],
    ['PT', 'Nome: João Silva\nTelemóvel: 912 345 678', '+351912345678', 'João Silva'],
    [
      'PT',
      'João Silva, Rua Augusta 12, 1100-048 Lisboa, 912 345 678',
      '+351912345678',
      'João Silva',
    ],
    ['PT', 'Quarto 214 João Silva 912345678 2 noites', '+351912345678', 'João Silva'],
    ['GB', 'Mr John Smith, Room 12, 07400 123456', '+447400123456', 'Mr John Smith'],
    ['GB', 'John Smith 07400 123456 ext 12', '+447400123456', 'John Smith'],
    ['GB', 'Mobile: 07400 123456 / Home: 020 7946 0018', '+447400123456', ''],
    ['US', 'John Smith (202) 555-0123 x45', '+12025550123', 'John Smith'],
    ['US', 'Name: John Smith\nPhone: (202) 555-0123', '+12025550123', 'John Smith'],
    ['US', 'Confirmation #1234567890 John Smith 202-555-0123', '+12025550123', 'John Smith'],
    ['BE', 'Jan Peeters 0475 12 34 56', '+32475123456', 'Jan Peeters'],
    [
      'CH',
      'Hans Meier, Bahnhofstrasse 1, 8001 Zürich, 079 123 45 67',
      '+41791234567',
      'Hans Meier',
    ],
    ['AT', 'Hans Huber 0664 1234567 Top 12', '+436641234567', 'Hans Huber'],
    [
      'FR',
      'BEGIN:VCARD\r\nVERSION:2.1\r\nN:Dupont;Marie\r\nTEL;WORK;VOICE:01 42 33 44 55\r\nTEL;CELL:06 12 34 56 78\r\nEND:VCARD',
      '+33612345678',
      'Marie Dupont',
    ],
    [
      'FR',
      'BEGIN:VCARD\nVERSION:4.0\nFN:Hôtel Bellevue\nTEL;TYPE="cell,voice";VALUE=uri:tel:+33-6-12-34-56-78\nEND:VCARD',
      '+33612345678',
      '',
    ],
    ['FR', 'MECARD:TEL:+33612345678;N:Dupont,Marie;EMAIL:m@x.fr;;', '+33612345678', 'Marie Dupont'],
    ['FR', 'Marie: 06 12 34 56 78', '+33612345678', ''],
    ['FR', 'Numéro : 06 12 34 56 78', '+33612345678', ''],
    ['FR', 'Contact : Marie Dupont 06 12 34 56 78', '+33612345678', 'Marie Dupont'],
    ['FR', 'TVA FR12345678901 Marie Dupont 0612345678', '+33612345678', 'Marie Dupont'],
    ['FR', 'Marie Dupont 0612345678 SMS ok', '+33612345678', 'Marie Dupont'],
    ['FR', 'Dupont Marie, 06 12 34 56 78, dossier 2026-11-0456', '+33612345678', 'Dupont Marie'],
    [
      'FR',
      'Marie Dupont (+33) 6 12 34 56 78 séjour du 23/11 au 25/11/2026',
      '+33612345678',
      'Marie Dupont',
    ],
    ['FR', 'M. et Mme Dupont 06 12 34 56 78', '+33612345678', ''],
    ['FR', 'Famille Dupont 06 12 34 56 78', '+33612345678', 'Famille Dupont'],
    ['FR', 'Appt 12 Marie Dupont 06 12 34 56 78', '+33612345678', 'Marie Dupont'],
    [
      'FR',
      'Marie Dupont 06 12 34 56 78 / marie.dupont@example.com',
      '+33612345678',
      'Marie Dupont',
    ],
    ['FR', 'tél.:0612345678', '+33612345678', ''],
    ['FR', '0612345678 DUPONT', '+33612345678', 'DUPONT'],
    ['FR', 'dupont marie 0612345678', '+33612345678', ''],
    ['FR', 'DUPONT MARIE 0612345678 STANDARD DOUBLE', '+33612345678', 'DUPONT MARIE'],
    ['FR', 'Secrétariat 01 42 33 44 55', '+33142334455', ''],
    ['FR', 'Urgence : 06 12 34 56 78 (mari)', '+33612345678', ''],
    ['FR', 'SMITH John +44 7400 123456 Anglais', '+447400123456', 'SMITH John'],
    ['FR', 'RDV Marie Dupont 23/11 à 14h30 0612345678', '+33612345678', ''],
    ['FR', 'Marie Dupont - Massage 60 min - 0612345678', '+33612345678', 'Marie Dupont'],
    ['FR', 'Massage relaxant - Marie Dupont - 0612345678', '+33612345678', 'Marie Dupont'],
    ['FR', 'Marie Dupont\t06 12 34 56 78\tParis', '+33612345678', 'Marie Dupont'],
    ['FR', 'Nouveau message de Marie Dupont (06 12 34 56 78)', '+33612345678', ''],
    ['FR', '+33 6 12 34 56 78\nMarie Dupont\n2 adultes, 1 enfant', '+33612345678', 'Marie Dupont'],
    [
      'FR',
      'Arrivée 23/11/2026 Départ 25/11/2026 DUPONT Marie 0033612345678',
      '+33612345678',
      'DUPONT Marie',
    ],
    [
      'FR',
      'Check-in: 15:00\nGuest: Dupont, Marie\nMobile: +33 (0)6 12 34 56 78',
      '+33612345678',
      'Dupont, Marie',
    ],
    ['FR', 'DUPONT/MARIE MRS 0612345678', '+33612345678', 'DUPONT MARIE MRS'],
    ['FR', 'DUPONT, Marie (Mme) - Ch. 214 - 2 pax - 0612345678', '+33612345678', 'DUPONT, Marie'],
    ['FR', 'Marie Dupont 06 12 34 56 78 ♿', '+33612345678', 'Marie Dupont'],
    ['FR', 'Marie Dupont, 45 ans, 06 12 34 56 78', '+33612345678', 'Marie Dupont'],
    ['FR', 'Siret 12345678900012 Marie Dupont 06 12 34 56 78', '+33612345678', 'Marie Dupont'],
    ['FR', 'Total : 1 290,00 € - Marie Dupont - 06 12 34 56 78', '+33612345678', 'Marie Dupont'],
    ['FR', 'CB 4970 1012 3456 7890 Marie Dupont 06 12 34 56 78', '+33612345678', 'Marie Dupont'],
    ['FR', '0612345678 - 0712345678', '+33612345678', ''],
    ['FR', '0612345678/0712345678 Marie Dupont', '+33612345678', 'Marie Dupont'],
    ['FR', '06 12 34 56 78 ext 12 Marie Dupont', '+33612345678', 'Marie Dupont'],
    ['DE', '0171 1234567 oder 0172 7654321', '+491711234567', ''],
    ['DE', 'Ansprechpartner: Hans Müller, Tel.: 0171 1234567', '+491711234567', 'Hans Müller'],
    [
      'DE',
      'Name des Gastes: Hans Müller\nTelefonnummer: 0171 1234567',
      '+491711234567',
      'Hans Müller',
    ],
    ['DE', 'Hans Müller 23.11.26 0171 1234567', '+491711234567', 'Hans Müller'],
    ['DE', 'Hans Müller 23. November 2026 0171 1234567', '+491711234567', 'Hans Müller'],
    [
      'DE',
      'Frau Dr. Müller-Lüdenscheidt, Zimmer 12, +49 171 1234567, 129,00 EUR',
      '+491711234567',
      'Frau Dr. Müller-Lüdenscheidt',
    ],
    [
      'DE',
      'Versicherungsnummer 12 010180 M 011 Hans Müller 0171 1234567',
      '+491711234567',
      'Hans Müller',
    ],
    ['DE', 'Privat: 0171 1234567', '+491711234567', ''],
    ['DE', '0171 1234567 (privat)', '+491711234567', ''],
    ['IT', 'Camera 12 - Rossi Mario - 333 1234567', '+393331234567', 'Rossi Mario'],
    ['IT', 'tel. 06 1234567 cell. 333 1234567 Mario Rossi', '+393331234567', 'Mario Rossi'],
    ['IT', '23/11/2026 ore 15:00 Mario Rossi 3331234567 Pulizia', '+393331234567', 'Mario Rossi'],
    ['IT', 'Gentile Mario Rossi 333 1234567', '+393331234567', ''],
    [
      'IT',
      'Codice fiscale: RSSMRA80A01H501U\nNome e cognome: Mario Rossi\nTel: 3331234567',
      '+393331234567',
      'Mario Rossi',
    ],
    ['ES', 'Reserva 3987654321 María García +34 612 345 678', '+34612345678', 'María García'],
    [
      'ES',
      'Nombre y apellidos: María García\nTeléfono móvil: 612 345 678',
      '+34612345678',
      'María García',
    ],
    ['ES', 'Habitación 12, 2 noches, María García, 612345678', '+34612345678', 'María García'],
    ['ES', 'Fijo 912 345 678 Móvil 612 345 678', '+34612345678', ''],
    ['PT', 'Reserva 12345678 João Silva 912345678', '+351912345678', 'João Silva'],
    ['PT', 'Contacto: 912345678', '+351912345678', ''],
    ['PT', 'NIF 123456789 João Silva 912345678', '+351912345678', 'João Silva'],
    ['GB', 'Booking ref ABC123 John Smith 07400123456', '+447400123456', 'John Smith'],
    [
      'GB',
      'Guest: John Smith\nArrival: 23 Nov 2026\nContact number: 07400 123456',
      '+447400123456',
      'John Smith',
    ],
    ['GB', 'Mrs Jane Doe (daughter) 07400 123456', '+447400123456', 'Mrs Jane Doe'],
    ['US', 'Jane Doe 11/23/2026 2:30 PM (202) 555-0123', '+12025550123', 'Jane Doe'],
    ['US', 'DOB 01/02/1980 Jane Doe 202.555.0123', '+12025550123', 'Jane Doe'],
    ['US', 'SSN 123-45-6789 Jane Doe (202) 555-0123', '+12025550123', 'Jane Doe'],
    ['NL', 'Jan de Vries, kamer 12, 06 12345678', '+31612345678', 'Jan de Vries'],
    ['BE', 'Chambre 12 / Jan Peeters / 0475 12 34 56', '+32475123456', 'Jan Peeters'],
    ['CH', 'Zimmer 214, Hans Meier, 079 123 45 67, CHF 129.00', '+41791234567', 'Hans Meier'],
    ['LU', 'Marie Weber 621 123 456 23/11/2026', '+352621123456', 'Marie Weber'],
    ['DK', 'Lars Hansen 20 12 34 56 23.11.2026', '+4520123456', 'Lars Hansen'],
  ])('in %s %j is %s and %j', (home, text, number, name) => {
    expect(landed(text, home)).toEqual([number, name]);
  });

  test.each([
    ['P : 06 12 34 56 78', false],
    ['06 12 34 56 78 (129 €)', false],
    ['06 12 34 56 78 ou 07 12 34 56 78', false],
    ['Marie Dupont 06 12 34 56 78', false],
    ['06 12 34 56 78 - Blablabla', true],
    ['rappeler demain 06 12 34 56 78', true],
    ['Marie Dupont 06 12 34 56 78 / Jean Martin', false],
    ['Jean Martin - Marie Dupont - 06 12 34 56 78', true],
  ])('%j reports whether words that may be a name were left out: %s', (text, isLeftOut) => {
    expect(parsePastedText(text, 'FR').isNameLeftOut).toBe(isLeftOut);
  });

  test.each([
    ['Marie Dupont 06 12 34 56 78 / Jean Martin', 'Marie Dupont', ['Jean Martin']],
    ['Marie Dupont 06 12 34 56 78 Jean Martin', 'Marie Dupont', ['Jean Martin']],
    ['06 12 34 56 78 Marie Dupont / Jean Martin', '', ['Marie Dupont', 'Jean Martin']],
    ['Jean Martin - Marie Dupont - 06 12 34 56 78', '', ['Jean Martin', 'Marie Dupont']],
    ['Marie Dupont\n06 12 34 56 78\nJean Martin', 'Marie Dupont', ['Jean Martin']],
    ['Marie 06 12 34 56 78 Jean', 'Marie', ['Jean']],
    // The name of the second number is offered with it.
    ['Marie Dupont 06 12 34 56 78 / Jean Martin 07 12 34 56 78', 'Marie Dupont', []],
    ['Marie Dupont\t06 12 34 56 78\nJean Martin\t07 12 34 56 78', 'Marie Dupont', []],
    ['Marie Dupont 06 12 34 56 78', 'Marie Dupont', []],
    ['Marie Dupont 06 12 34 56 78 Marie Dupont', 'Marie Dupont', []],
    ['DUPONT;Marie;06 12 34 56 78', 'DUPONT Marie', []],
    ['Chambre 12, Marie Dupont, 06 12 34 56 78, arrivée demain', 'Marie Dupont', []],
    ['Nom : Dupont Prénom : Marie Tél : 06 12 34 56 78', 'Dupont Marie', []],
    ['Marie Dupont\n12 rue de la Paix\n75002 Paris\n06 12 34 56 78', 'Marie Dupont', []],
  ])(
    '[row 211] of %j the name is %j, and the left-out text is named: %j',
    (text, name, leftOut) => {
      expect(parsePastedText(text, 'FR')).toMatchObject({ name, namesLeftOut: leftOut });
    },
  );

  test.each([
    ['06 12 34 56 78 ou 07 12 34 56 78', ['07 12 34 56 78']],
    ['0612345678/0712345678 Marie Dupont', ['0712345678']],
    ['06 12 34 56 78 / 06 12 34 56 78', []],
    ['04 72 12 34 56\n06 12 34 56 78\n+33 7 12 34 56 78', ['04 72 12 34 56', '+33 7 12 34 56 78']],
    ['Marie Dupont 06 12 34 56 78', []],
  ])(
    'of several numbers the first mobile is used and the others are offered: %j',
    (text, others) => {
      const pasted = parsePastedText(text, 'FR');
      expect(parsePhone(pasted.phone, 'FR')).toMatchObject({ e164: '+33612345678' });
      expect(pasted.others.map(({ phone }) => phone)).toEqual(others);
    },
  );

  test.each([
    ['Marie Dupont 01 42 68 53 00, port. 6 39 98 00 12', '01 42 68 53 00'],
    ['Fixe 01 42 68 53 00 Mobile perso : 6 39 98 00 12', '01 42 68 53 00'],
    ['Tel 01 42 68 53 00\nHandy: 6 39 98 00 12', '01 42 68 53 00'],
  ])('digits labelled as a mobile are used before a landline: %j', (text, other) => {
    const pasted = parsePastedText(text, 'FR');
    expect(parsePhone(pasted.phone, 'FR')).toMatchObject({ e164: '+33639980012' });
    expect(pasted.others.map(({ phone }) => phone)).toEqual([other]);
  });

  test('of two landlines the first is used', () => {
    expect(parsePastedText('Hotel 01 42 68 53 00 / 01 42 68 53 01', 'FR')).toMatchObject({
      phone: '01 42 68 53 00',
      others: [{ phone: '01 42 68 53 01' }],
    });
  });

  test('another number brings the name beside it', () => {
    const text = 'Marie Dupont 06 12 34 56 78\nJean Martin 07 12 34 56 78';
    expect(parsePastedText(text, 'FR')).toMatchObject({
      name: 'Marie Dupont',
      others: [{ phone: '07 12 34 56 78', name: 'Jean Martin' }],
    });
  });

  test('a vCard gives its first mobile, its name, and its other numbers', () => {
    const card = [
      'BEGIN:VCARD',
      'VERSION:3.0',
      'N:Dupont;Marie;;Mme;',
      'item1.TEL;TYPE=WORK,VOICE:04 72 12 34 56',
      'TEL;TYPE=CELL:06 12 34',
      '  56 78',
      'NOTE:chambre 214',
      'END:VCARD',
      'BEGIN:VCARD',
      'TEL:07 12 34 56 78',
      'END:VCARD',
    ].join('\r\n');
    expect(parsePastedText(card, 'FR')).toEqual({
      phone: '06 12 34 56 78',
      name: 'Marie Dupont',
      others: [{ phone: '04 72 12 34 56', name: 'Marie Dupont' }],
      isNameLeftOut: false,
      namesLeftOut: [],
    });
  });

  test('any pasted text keeps its digits in one piece, and no digit or sign ends up in a name', () => {
    const home = fc.constantFrom<Country>('FR', 'DE', 'IT', 'ES', 'PT', 'GB', 'US');
    // prettier-ignore
    const piece = fc.constantFrom(
      'Marie', 'Dupont', 'DUPONT', '06 12 34 56 78', '0171 1234567', '333 1234567', '+33612345678', '214', 'de',
      '23/11/2026', '14:30', '129,00 €', 'Tél. :', 'Nom :', '😀', 'Zimmer 12', 'Détartrage', '75011 Paris',
      'm@example.com', '2 adultes',
    );
    const gap = fc.constantFrom('\n', '\t', ';', ', ', ' - ', ' ', ' | ', ' / ');
    const pasted = fc
      .array(fc.tuple(piece, gap), { maxLength: 10 })
      .map((pieces) => pieces.flat().join(''));
    fc.assert(
      fc.property(pasted, home, (text, at) => {
        const { phone, name, others } = parsePastedText(text, at);
        expect(text).toContain(phone);
        for (const other of others) expect(text).toContain(other.phone);
        for (const each of [name, ...others.map((other) => other.name)]) {
          expect(each).not.toMatch(/[\d@:;|\n\t€😀]|Tél|Nom|Zimmer|Détartrage|Paris|adultes/u);
        }
      }),
      { numRuns: 2_000, seed: 157 },
    );
  });
});

describe('[row 193] no part of a name is dropped silently', () => {
  test.each([
    ["Guest: O'Connor, Sinéad; phone: 06 39 98 00 50", "O'Connor, Sinéad"],
    ['Guest: Smith, John; phone: 06 39 98 00 50', 'Smith, John'],
    ['Cognome: Bianchi Nome: Giulia Tel: 06 39 98 00 50', 'Bianchi Giulia'],
    ['Nombre: Ana Apellidos: López Ruiz Móvil: 06 39 98 00 50', 'Ana López Ruiz'],
    ['Nom: Dupont Prénom: Marie Tél: 06 39 98 00 50', 'Dupont Marie'],
    ['Tél : 06 39 98 00 50 Nom : Dupont Prénom : Marie', 'Dupont Marie'],
    ['Vorname: Hans Nachname: Müller Handy: 06 39 98 00 50', 'Hans Müller'],
    ['Nom de famille: Dupont Prénom: Marie Chambre: 12 Tél: 06 39 98 00 50', 'Dupont Marie'],
    ['Dupont Marie F 45 ans 06 39 98 00 50', 'Dupont Marie'],
    ['Dupont Luc M, 45 ans, 06 39 98 00 50', 'Dupont Luc'],
    ['John Smith M 45 years 06 39 98 00 50', 'John Smith'],
  ])('%s: %s', (text, name) => {
    expect(parsePastedText(text, 'FR')).toMatchObject({
      phone: '06 39 98 00 50',
      name,
      isNameLeftOut: false,
    });
  });

  test('text left out after a label is reported', () => {
    expect(parsePastedText('Guest: Smith, John, Peter; phone: 06 39 98 00 50', 'FR')).toMatchObject(
      {
        name: 'Smith, John',
        isNameLeftOut: true,
      },
    );
  });
});
