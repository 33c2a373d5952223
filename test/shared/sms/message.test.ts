import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isGsm7 } from '../../../shared/sms/gsm7.ts';
import {
  checkMessage,
  findForeignPlaceholders,
  MESSAGE_MAX,
  previewMessage,
  repairMessage,
} from '../../../shared/sms/message.ts';

const MARIE = { name: 'Marie' };
const NOBODY = { name: '' };

const sentOf = (text: string, name: string) => previewMessage(text, { name }).sent;

const grapheme = fc.string({ unit: 'grapheme', maxLength: 40 });
const text = fc
  .array(
    fc.oneof(
      grapheme,
      fc.constantFrom(
        '@link',
        '{name}',
        '@',
        'link',
        ' ',
        '{',
        '}',
        '＠link',
        '@lınk',
        '😀',
        '\r\n',
        '\u0301',
      ),
    ),
    { maxLength: 10 },
  )
  .map((pieces) => pieces.join(''));

describe('previewMessage', () => {
  test('shows what is kept, replaced and removed', () => {
    expect(previewMessage('Ça va, {name}… 👨‍👩‍👧 @link', MARIE).pieces).toEqual([
      { kind: 'kept', typed: 'Ça va, Marie', sent: 'Ça va, Marie' },
      { kind: 'changed', typed: '…', sent: '...' },
      { kind: 'kept', typed: ' ', sent: ' ' },
      { kind: 'removed', typed: '👨‍👩‍👧', sent: '' },
      { kind: 'kept', typed: ' @link', sent: ' @link' },
    ]);
  });

  test.each([
    ['Votre avis sur la fête : ça compte !', 'Votre avis sur la fete : ca compte !'],
    ['« L’œuvre » – 5\u00A0€', '" L\'oeuvre " - 5 €'],
    ['Grüße aus München', 'Grüße aus München'],
    ['¿Qué tal, señor Núñez?', '¿Qué tal, señor Nuñez?'],
    ['Obrigado, João', 'Obrigado, Joao'],
    ['Perché no? È così.', 'Perché no? E così.'],
    ['one\r\ntwo\rthree', 'one\ntwo\nthree'],
  ])('spells %j as %j', (typed, sent) => {
    expect(sentOf(typed, '')).toBe(sent);
  });

  test.each([
    ['nothing', '', 0],
    ['plain letters', 'Hello', 5],
    ['the link as written', 'Hello @link', 11],
    ['two septets each', '€^{}\\[~]|', 18],
    ['the sent text, not the typed one', '…œ😀', 5],
  ])('counts septets: %s', (_, typed, septets) => {
    expect(previewMessage(typed, NOBODY).septets).toBe(septets);
  });

  test.each([
    ['no link', 'a'.repeat(160), 1, 1],
    ['a link that always fits', `${'a'.repeat(130)}@link`, 1, 1],
    ['a link that may fit', `${'a'.repeat(131)}@link`, 1, 2],
    ['a link that may just fit', `${'a'.repeat(145)}@link`, 1, 2],
    ['a link that never fits', `${'a'.repeat(146)}@link`, 2, 2],
    ['the longest text', `${'a'.repeat(281)}@link`, 2, 3],
    ['nothing', '', 0, 0],
  ])('returns the number of SMS as a range: %s', (_, typed, least, most) => {
    expect(previewMessage(typed, NOBODY).smsParts).toEqual({ least, most });
  });

  describe('fills in the name', () => {
    test.each([
      ['Hello {name}, thanks', 'Marie', 'Hello Marie, thanks'],
      ['{name} {name}', 'Marie', 'Marie Marie'],
      ['Hello {name}', '  Marie \n Dupont ', 'Hello Marie Dupont'],
      ['Hello {name}', 'François', 'Hello Francois'],
      ['Hello {Name} {nom}', 'Marie', 'Hello {Name} {nom}'],
      ['Hello {name}', '{name}', 'Hello {name}'],
      ['Hello {name}', '$& $1', 'Hello $& $1'],
      ['Hello {name}', '@link', 'Hello link'],
      ['Hello {name}', '＠link', 'Hello link'],
      ['Hello {name}', 'Marie@link', 'Hello Marie link'],
      ['Hello {name}', '${url}', 'Hello ${url}'],
    ])('%j with %j is %j', (typed, name, sent) => {
      expect(sentOf(typed, name)).toBe(sent);
    });

    test.each([
      ['Hello {name}, thanks', 'Hello, thanks'],
      ['Hello {name}!', 'Hello!'],
      ['Bonjour\u00A0{name} !', 'Bonjour !'],
      ['{name}, thanks', 'thanks'],
      ['Hi\n{name}, thanks', 'Hi\nthanks'],
      ['Thanks {name}', 'Thanks'],
      ['({name})', '()'],
    ])('closes the gap from %j to %j without a name', (typed, sent) => {
      for (const name of ['', ' \n', '@', '李', '😀']) expect(sentOf(typed, name)).toBe(sent);
    });
  });

  test('consists of pieces in the alphabet, none empty', () => {
    fc.assert(
      fc.property(text, grapheme, (typed, name) => {
        const { pieces, sent, septets, smsParts } = previewMessage(typed, { name });
        expect(pieces.map((piece) => piece.sent).join('')).toBe(sent);
        expect(isGsm7(sent)).toBe(true);
        expect(septets).toBeGreaterThanOrEqual(sent.length);
        expect(smsParts.least).toBeLessThanOrEqual(smsParts.most);
        for (const piece of pieces) {
          expect(piece.typed).not.toBe('');
          expect(piece.kind === 'kept').toBe(piece.typed === piece.sent);
          expect(piece.kind === 'removed').toBe(piece.sent === '');
        }
        // The preview omits nothing that was typed.
        if (!typed.includes('{name}')) {
          const shown = pieces.map((piece) => piece.typed).join('');
          expect(shown).toBe(typed.replace(/\r\n?/g, '\n'));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('shows a text that is sent unchanged as such', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const { sent } = previewMessage(typed, MARIE);
        if (sent.includes('{name}')) return;
        expect(previewMessage(sent, MARIE).sent).toBe(sent.replace(/\r\n?/g, '\n'));
      }),
    );
  });
});

describe('[row 82] checkMessage', () => {
  test('returns the text to send', () => {
    expect(checkMessage('Merci {name} ! Votre avis : @link', { name: 'Zoë' })).toEqual({
      ok: true,
      sent: 'Merci Zoe ! Votre avis : @link',
    });
  });

  test.each([
    ['no link', 'Hello', 'no-link'],
    ['an empty text', '', 'no-link'],
    ['another case', 'Hello @Link', 'no-link'],
    ['a link in pieces', 'Hello @ link', 'no-link'],
    ['two links', '@link or @link', 'two-links'],
    ['a link inside a word', 'Follow @linkedin: @link', 'two-links'],
    ['a link made by transliteration', '@link ＠link', 'two-links'],
    ['a link that an emoji split', '@link @li😀nk', 'two-links'],
    ['287 septets', `${'a'.repeat(282)}@link`, 'too-long'],
    ['286 characters of 287 septets', `${'a'.repeat(280)}€@link`, 'too-long'],
    ['too long after transliteration', `${'…'.repeat(94)}@link`, 'too-long'],
  ])('refuses %s', (_, typed, problem) => {
    expect(checkMessage(typed, NOBODY)).toEqual({ ok: false, problem });
  });

  test.each([
    ['286 septets', `${'a'.repeat(280)} @link`],
    ['286 septets of fewer characters', `${'a'.repeat(278)}€ @link`],
    ['287 characters of which one is removed', `${'a'.repeat(280)}😀 @link`],
    ['braces', 'a {b} @link'],
  ])('takes %s', (_, typed) => {
    expect(checkMessage(typed, NOBODY).ok).toBe(true);
  });

  test('counts the inserted name', () => {
    const typed = `${'a'.repeat(275)}{name} @link`;
    expect(checkMessage(typed, MARIE).ok).toBe(true);
    expect(checkMessage(typed, { name: 'Marie D' })).toEqual({ ok: false, problem: 'too-long' });
  });

  test.each([
    ['Hello {name}', '@link', 'no-link'],
    ['@{name}', 'link', 'no-link'],
    ['@li{name}', 'nk', 'no-link'],
    ['@{name}link', '', 'no-link'],
    ['@{name} @link', 'link', 'two-links'],
  ] as const)('a name cannot add a link: %j with %j', (typed, name, problem) => {
    expect(checkMessage(typed, { name })).toEqual({ ok: false, problem });
  });

  test('agrees with the preview, for any text', () => {
    fc.assert(
      fc.property(text, grapheme, (typed, name) => {
        const checked = checkMessage(typed, { name });
        const { sent, septets } = previewMessage(typed, { name });
        const links = sent.split('@link').length - 1;
        if (checked.ok) {
          expect(checked.sent).toBe(sent);
          expect(links).toBe(1);
          expect(septets).toBeLessThanOrEqual(MESSAGE_MAX);
        } else if (checked.problem === 'two-links') {
          expect(links).toBeGreaterThan(1);
        } else if (checked.problem === 'too-long') {
          expect(septets).toBeGreaterThan(MESSAGE_MAX);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('no name adds a link to a valid text or removes it', () => {
    const nasty = fc.oneof(
      grapheme,
      fc.constantFrom(
        '@link',
        'link',
        '@',
        '{name}',
        '＠link',
        'nk',
        '@li',
        '\u0301',
        '\u200D',
        '\u{111C2}',
      ),
    );
    const sound = fc.constantFrom(
      'Hello {name}, @link',
      '{name} @link',
      '@link {name}',
      '@link {name} thanks {name}',
    );
    fc.assert(
      fc.property(sound, fc.array(nasty, { maxLength: 4 }), (typed, names) => {
        const checked = checkMessage(typed, { name: names.join('').slice(0, 40) });
        expect(checked).toMatchObject({ ok: true });
      }),
      { numRuns: 500 },
    );
  });
});

describe('[row 158] a text that would not arrive as meant', () => {
  test.each([
    // Text right after the link becomes a part of the address.
    ['Merci @linkMerci', 'Merci @link Merci'],
    ['Merci @linkà bientôt', 'Merci @link à bientôt'],
    ['Merci @link2', 'Merci @link 2'],
    ['@link,merci', '@link, merci'],
    ['@link.Merci', '@link. Merci'],
    ['@link/avis', '@link /avis'],
    ['@link-merci', '@link -merci'],
    ['@link{name}', '@link {name}'],
    ['@link😀Merci', '@link 😀Merci'],
    ['@linkДякую, @', '@link Дякую, @'],
    // Text right before it breaks its beginning.
    ['Avis https://@link', 'Avis @link'],
    ['Avis http://@link', 'Avis @link'],
    ['Avis www.@link', 'Avis @link'],
    ['Merci@link', 'Merci @link'],
    ['{name}@link', '{name} @link'],
    ['avis_@link', 'avis_ @link'],
  ])('%j has a broken link; %j was meant', (typed, meant) => {
    // Cyrillic letters are not in the SMS alphabet: none is left beside the link.
    const isBroken = !typed.includes('Д');
    expect(checkMessage(typed, MARIE)).toMatchObject(
      isBroken ? { ok: false, problem: 'link-joined' } : { ok: true },
    );
    expect(repairMessage(typed)).toBe(meant);
    expect(checkMessage(meant, MARIE).ok).toBe(true);
  });

  test.each([
    'Votre avis : @link',
    'Votre avis:@link',
    'Merci !\n@link',
    '(@link)',
    '«\u00A0@link\u00A0»',
    '“@link”',
    '@link.',
    '@link!',
    '@link…',
    '@link, merci',
    'Merci 50% @link 100%',
    '[Hotel Bellevue] @link',
    'a {b} @link',
    'Merci {name}\u00A0: @link',
  ])('%j is valid', (typed) => {
    expect(checkMessage(typed, MARIE).ok).toBe(true);
    expect(repairMessage(typed)).toBe(typed);
  });

  test.each([
    '{nom}',
    '{prénom}',
    '{pre\u0301nom}',
    '{Name}',
    '{ name }',
    '{NAME}',
    '{{name}}',
    '[name]',
    '[Nom]',
    '[Prénom]',
    '%name%',
    '%NOM%',
    '<name>',
    '#name#',
    '$name',
    '@nom',
    '__name__',
    '{first name}',
    '{first_name}',
    '{customer_name}',
    '{Vorname}',
    '{Kundenname}',
    '[Nachname]',
    '{nombre}',
    '{apellidos}',
    '%nombre%',
    '{nome}',
    '{cognome}',
    '[cliente]',
    '{apelido}',
    '{votre prénom}',
  ])('%s would be sent as it is; {name} is offered', (written) => {
    const typed = `Bonjour ${written}, @link`;
    expect(checkMessage(typed, MARIE)).toEqual({ ok: false, problem: 'placeholder' });
    expect(findForeignPlaceholders(typed)).toEqual([{ written, meant: '{name}' }]);
    expect(repairMessage(typed)).toBe('Bonjour {name}, @link');
  });

  test.each(['{link}', '{lien}', '[link]', '%link%', '{url}', '{enlace}', '[Link]'])(
    '%s is offered as @link',
    (written) => {
      expect(checkMessage(`Merci ${written}`, MARIE)).toEqual({
        ok: false,
        problem: 'placeholder',
      });
      expect(repairMessage(`Merci ${written}`)).toBe('Merci @link');
    },
  );

  test('an unknown placeholder is reported, and left to its writer', () => {
    const typed = '{chambre} {date} {chambre} @link';
    expect(findForeignPlaceholders(typed)).toEqual([
      { written: '{chambre}', meant: null },
      { written: '{date}', meant: null },
    ]);
    expect(checkMessage(typed, MARIE)).toEqual({ ok: false, problem: 'placeholder' });
    expect(repairMessage(typed)).toBe(typed);
  });

  test('a name that looks like a placeholder is a name', () => {
    expect(checkMessage('{name}, @link', { name: '[name]' }).ok).toBe(true);
  });

  test('repairing twice changes nothing more', () => {
    const piece = fc.constantFrom(
      '@link',
      '{nom}',
      '{name}',
      '[name]',
      '%name%',
      'https://',
      'www.',
      'Merci',
      ' ',
      '.',
      ',',
      'é',
      '{',
      '}',
      '%',
      '\n',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = repairMessage(pieces.join(''));
        expect(repairMessage(once)).toBe(once);
        const checked = checkMessage(once, MARIE);
        if (!checked.ok) expect(checked.problem).not.toBe('link-joined');
      }),
      { numRuns: 500 },
    );
  });
});

describe('[row 195] a placeholder without a special character', () => {
  test.each([
    ['Ciao (nome) @link', '(nome)', 'Ciao {name} @link'],
    ['Bonjour ( Nom ), @link', '( Nom )', 'Bonjour {name}, @link'],
    ['Merci NOM, @link', 'NOM', 'Merci {name}, @link'],
    ['Bonjour PRÉNOM NOM ! @link', 'PRÉNOM NOM', 'Bonjour {name} ! @link'],
    ['Dear CUSTOMER NAME, @link', 'CUSTOMER NAME', 'Dear {name}, @link'],
  ])('%j is reported', (typed, written, repaired) => {
    expect(checkMessage(typed, { name: 'Marie' })).toEqual({ ok: false, problem: 'placeholder' });
    expect(findForeignPlaceholders(typed)).toEqual([{ written, meant: '{name}' }]);
    expect(repairMessage(typed)).toBe(repaired);
  });

  test.each([
    'MERCI DE DONNER VOTRE NOM @link',
    'Quel nom de plat ! @link',
    'Merci (clients fidèles) @link',
    'Merci, le bar NOMADE : @link',
  ])('%j is a text', (typed) => {
    expect(checkMessage(typed, { name: 'Marie' })).toMatchObject({ ok: true });
  });
});
