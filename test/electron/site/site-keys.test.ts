import { describe, expect, test } from 'vitest';
import {
  deriveSiteKeys,
  formatSecret,
  makeDeskToken,
  makeSecret,
  parseSecret,
} from '../../../electron/site/site-keys.ts';
import { aPhone } from '../../support/builders/row.ts';

const secret = Buffer.from(Array.from({ length: 32 }, (_, at) => at));
const keys = deriveSiteKeys(secret);

describe('what stands for a number', () => {
  // Computed with OpenSSL: printf 'number\0+33639980012' | openssl dgst -sha256 -mac hmac -macopt hexkey:000102…1f
  test('is the same for every desk and release', () => {
    expect(keys.numberKey(aPhone(12))).toBe('308e0f1d-63d0-5a7e-b54d-0bd40e59ed42');
    expect(keys.hint(aPhone(12), 24)).toBe(0x275d8d);
    expect(keys.hint(aPhone(12), 16)).toBe(0x275d);
    expect(keys.check.toString('hex')).toBe('5f2a17ba2319fb1221fbdc8d7a75c483');
  });

  test('is another one for another number or secret', () => {
    const others = deriveSiteKeys(makeSecret());
    expect(keys.numberKey(aPhone(13))).not.toBe(keys.numberKey(aPhone(12)));
    expect(others.numberKey(aPhone(12))).not.toBe(keys.numberKey(aPhone(12)));
    expect(others.check).not.toEqual(keys.check);
  });
});

describe('what is sealed', () => {
  const id = '5b1d2f6e-0000-4000-8000-000000000001';

  test('opens with the same secret and id, and looks different each time', () => {
    const sealed = keys.seal('Léa +33639980012', id);
    expect(keys.open(sealed, id)).toBe('Léa +33639980012');
    expect(keys.seal('Léa +33639980012', id)).not.toEqual(sealed);
  });

  test('does not open with another secret, for another id, changed or cut', () => {
    const sealed = keys.seal('Léa', id);
    expect(deriveSiteKeys(makeSecret()).open(sealed, id)).toBeUndefined();
    expect(keys.open(sealed, '5b1d2f6e-0000-4000-8000-000000000002')).toBeUndefined();
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(keys.open(changed, id)).toBeUndefined();
      expect(keys.open(sealed.subarray(0, at), id)).toBeUndefined();
    }
  });

  test('was sealed by an earlier release and still opens', () => {
    const sealed = Buffer.from(
      'AQcHBwcHBwcHBwcHB3AJP5JWAoyIAivFLuVgcxYJ9QyZmeUsDohpHeQ+/hQwDw4=',
      'base64',
    );
    expect(keys.open(sealed, id)).toBe('Marie +33639980012');
  });
});

describe('a secret', () => {
  test('is written as one word and read again, in base64 too', () => {
    const made = makeSecret();
    expect(parseSecret(`  ${formatSecret(made)}\n`)).toEqual(made);
    expect(parseSecret(made.toString('base64'))).toEqual(made);
  });

  test.each(['', 'short', 'a'.repeat(44), `${'A'.repeat(42)}é`, `${'A'.repeat(43)} x`])(
    'is not %s',
    (text) => {
      expect(parseSecret(text)).toBeUndefined();
    },
  );
});

test('a token is new for each desk, and the database gets its hash only', () => {
  const [one, other] = [makeDeskToken(), makeDeskToken()];
  expect(one.token).not.toEqual(other.token);
  expect(one.token).toHaveLength(32);
  expect(one.hash).toHaveLength(32);
  expect(one.hash).not.toEqual(one.token);
});
