import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createPrefills } from '../../../electron/prefill/prefill.ts';
import { prefillSchema } from '../../../shared/prefill.ts';
import { parsePastedText, parsePhone } from '../../../shared/phone/phone.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { createFakeClock } from '../../support/clock.ts';

const LINK = 'deskbell://invite?phone=0639980012&name=Marie';
const MARIE = { kind: 'customer', from: 'link', phone: '0639980012', name: 'Marie' };

function aPrefill(settings: { readonly deepLink: boolean } | undefined) {
  const clock = createFakeClock(0);
  const seen = { announced: 0, loaded: 0 };
  const prefills = createPrefills({
    clock,
    settings: async () => settings && { ...settings, defaultCountry: 'FR' },
    loadPhoneRules: async () => {
      seen.loaded += 1;
      return { parsePhone, parsePastedText };
    },
    announce: () => {
      seen.announced += 1;
    },
  });
  return { clock, prefills, seen };
}

describe('a link', () => {
  test('is passed on once, where IT allows it', async () => {
    const { prefills, seen } = aPrefill({ deepLink: true });
    await prefills.links([LINK]);
    expect(seen.announced).toBe(1);
    expect(prefills.take()).toEqual(MARIE);
    expect(prefills.take()).toBeNull();
  });

  test.each([[{ deepLink: false }], [undefined]])('is not read with %o', async (settings) => {
    const { prefills, seen } = aPrefill(settings);
    await prefills.links([LINK]);
    expect(seen.announced).toBe(0);
    expect(prefills.take()).toBeNull();
  });

  test('replaces the one before', async () => {
    const { prefills } = aPrefill({ deepLink: true });
    await prefills.links(['deskbell://invite?phone=0639980013']);
    await prefills.links([LINK]);
    expect(prefills.take()).toEqual(MARIE);
  });

  test('that is invalid is reported', async () => {
    const { prefills } = aPrefill({ deepLink: true });
    await prefills.links(['deskbell://delete-everything']);
    expect(prefills.take()).toEqual({ kind: 'refused' });
  });

  test('counts only alone: two at once are ignored', async () => {
    const { prefills } = aPrefill({ deepLink: true });
    await prefills.links([LINK, LINK]);
    expect(prefills.take()).toEqual({ kind: 'refused' });
  });

  test('is forgotten when no page takes it for a minute', async () => {
    const { clock, prefills } = aPrefill({ deepLink: true });
    await prefills.links([LINK]);
    await clock.advance(MINUTE_MS + SECOND_MS);
    expect(prefills.take()).toBeNull();
  });

  test('is absent from a start without one', async () => {
    const { prefills, seen } = aPrefill({ deepLink: true });
    await prefills.links([]);
    expect(seen.announced).toBe(0);
  });
});

describe('the clipboard', () => {
  const fromClipboard = (phone: string, name = '') => ({
    kind: 'customer',
    from: 'clipboard',
    phone,
    name,
  });

  test.each([
    ['06 39 98 00 12', fromClipboard('06 39 98 00 12')],
    ['Marie Dupont 06 39 98 00 12', fromClipboard('06 39 98 00 12', 'Marie Dupont')],
    ['+33 6 39 98 00 12\n', fromClipboard('+33 6 39 98 00 12')],
  ])('with %j fills the form', async (text, expected) => {
    const { prefills, seen } = aPrefill({ deepLink: false });
    await prefills.clipboard(text);
    expect(seen.announced).toBe(1);
    expect(prefills.take()).toEqual(expected);
  });

  test('[row 206] with several numbers passes on the others too, each with its name', async () => {
    const { prefills } = aPrefill({ deepLink: false });
    await prefills.clipboard('Marie Dupont 06 39 98 00 12, Paul Martin 06 39 98 00 13');
    expect(prefills.take()).toEqual({
      ...fromClipboard('06 39 98 00 12', 'Marie Dupont'),
      left: {
        others: [{ phone: '06 39 98 00 13', name: 'Paul Martin' }],
        isNameLeftOut: false,
        namesLeftOut: [],
      },
    });
  });

  test('[row 206] with text that is left out says so', async () => {
    const { prefills } = aPrefill({ deepLink: false });
    const text = 'Marie Dupont & Paul Martin\n06 39 98 00 12';
    await prefills.clipboard(text);
    const taken = prefills.take();
    const { isNameLeftOut, namesLeftOut, others } = parsePastedText(text, 'FR');
    expect(isNameLeftOut || namesLeftOut.length > 0).toBe(true);
    expect(taken).toMatchObject({ left: { isNameLeftOut, namesLeftOut, others } });
    expect(prefillSchema.safeParse(taken).success).toBe(true);
  });

  test('[row 206] with any text gives what the page accepts', async () => {
    const words = fc.constantFrom(
      '06 39 98 00 12',
      '+33 6 39 98 00 13',
      '0639980014',
      'Marie Dupont',
      'Paul',
      'Guest:',
      'Tel.',
      '\n',
      ', ',
      'x'.repeat(90),
      'Jean-Luc '.repeat(30),
      '0 6 3 9 9 8 0 0 1 5',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(words, { maxLength: 12 }), async (pieces) => {
        const { prefills } = aPrefill({ deepLink: false });
        await prefills.clipboard(pieces.join(' '));
        expect(z.nullable(prefillSchema).safeParse(prefills.take()).success).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['nothing', ''],
    ['no number', 'Marie Dupont'],
    ['half a number', '06 39 98'],
    ['a password', 'hunter2-Correct-Horse-42'],
    ['a page of text', `06 39 98 00 12 ${'x'.repeat(500)}`],
    ['control characters', '\u0000\u0007'],
  ])('with %s only shows the form', async (_, text) => {
    const { prefills, seen } = aPrefill({ deepLink: false });
    await prefills.clipboard(text);
    expect(seen.announced).toBe(1);
    expect(prefills.take()).toBeNull();
  });

  test('without a digit loads no phone rules', async () => {
    const { prefills, seen } = aPrefill({ deepLink: false });
    await prefills.clipboard('Marie Dupont');
    expect(seen.loaded).toBe(0);
  });
});
