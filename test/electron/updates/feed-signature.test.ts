import { describe, expect, test } from 'vitest';
import { isSignedBy } from '../../../electron/updates/feed-signature.ts';
import { partialSettingsSchema } from '../../../shared/settings.ts';

/** RFC 8032, 7.1, test 2: the text is one letter. */
const RFC = {
  key: `MCowBQYDK2VwAyEA${base64Of('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')}`,
  text: 'r',
  signature: base64Of(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ),
};

describe('[row 184] the signature of a feed', () => {
  test('is valid when the owner of the key made it, also with a line end', () => {
    expect(isSignedBy(RFC.key, RFC.text, RFC.signature)).toBe(true);
    expect(isSignedBy(RFC.key, RFC.text, `${RFC.signature}\n`)).toBe(true);
  });

  test.each([
    ['of another text', 's', RFC.signature],
    ['that was changed', RFC.text, RFC.signature.replace(/^./, 'A')],
    ['that is empty', RFC.text, ''],
    ['that is no base64', RFC.text, '<html>Welcome</html>'],
    ['that is cut off', RFC.text, RFC.signature.slice(0, 40)],
  ])('is invalid: %s', (_what, text, signature) => {
    expect(isSignedBy(RFC.key, text, signature)).toBe(false);
  });

  test('is checked with a key written by openssl, and no other text is a key', () => {
    expect(partialSettingsSchema.safeParse({ updateKey: RFC.key }).success).toBe(true);
    for (const updateKey of [
      '',
      RFC.key.slice(16),
      `${RFC.key}\n`,
      RFC.key.replace('MCow', 'MIIB'),
    ])
      expect(partialSettingsSchema.safeParse({ updateKey }).success).toBe(false);
  });
});

function base64Of(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}
