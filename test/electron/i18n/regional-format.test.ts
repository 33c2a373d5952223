import { expect, test } from 'vitest';
import { regionalFormat } from '../../../electron/i18n/regional-format.ts';

test.each([
  ['win32', {}, 'fr-FR', 'fr-FR'],
  ['darwin', { LC_ALL: 'en_US.UTF-8' }, 'en-FR', 'en-FR'],
  ['linux', {}, 'en-GB', 'en-GB'],
  ['linux', { LANG: 'en_GB.UTF-8', LC_NUMERIC: 'fr_FR.UTF-8' }, 'en-GB', 'fr-FR'],
  ['linux', { LANG: 'de_DE@euro', LC_NUMERIC: '' }, 'en-GB', 'de-DE'],
  ['linux', { LC_ALL: 'C' }, 'fr-FR', 'fr-FR'],
  ['linux', { LC_ALL: 'C.UTF-8', LANG: 'fr_FR' }, 'de-DE', 'de-DE'],
] as const)(
  'numbers of a %s with %j and the locale %s are formatted as in %s [row 155]',
  (platform, environment, systemLocale, format) => {
    expect(regionalFormat({ platform, environment, systemLocale })).toBe(format);
  },
);
