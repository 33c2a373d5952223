import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  areArgumentsTooLong,
  findRefusedSwitch,
  removeCertificateVariables,
} from '../../../electron/lifecycle/refused-switches.ts';

const DANGEROUS = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'js-flags',
  'proxy-server',
  'proxy-pac-url',
  'proxy-bypass-list',
  'host-rules',
  'host-resolver-rules',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'disable-web-security',
  'load-extension',
  'renderer-cmd-prefix',
  'gpu-launcher',
  'disable-gpu-sandbox',
  'allow-running-insecure-content',
];

describe('[row 96] a switch that is refused', () => {
  test.each(DANGEROUS)('--%s, in any spelling', (name) => {
    for (const arg of [`--${name}`, `-${name}`, `--${name}=1`, `--${name.toUpperCase()}=x=y`]) {
      expect(findRefusedSwitch(['--practice', arg], 'linux')).toBe(arg);
    }
    expect(findRefusedSwitch([`/${name}`], 'win32')).toBe(`/${name}`);
  });

  test('is refused where a program would read it as a plain argument', () => {
    expect(findRefusedSwitch(['--', '--inspect'], 'linux')).toBe('--inspect');
  });
});

describe('the start arguments of Deskbell', () => {
  test.each([
    ['--config=/etc/deskbell/other.json'],
    ['--practice'],
    ['--set-api-key'],
    ['--user-data-dir=/srv/deskbell'],
    ['--no-sandbox'],
    ['--disable-gpu'],
    ['--force-device-scale-factor=1.5'],
    ['--ozone-platform-hint=auto'],
    ['--force-renderer-accessibility'],
    ['deskbell://invite?phone=%2B33639980012&name=--inspect'],
    ['/home/inspect'],
    [''],
    ['--'],
  ])('%s', (arg) => {
    expect(findRefusedSwitch([arg], 'linux')).toBeUndefined();
  });

  test('any text is parsed without a throw, and a plain word is never a switch', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (args) => {
        const refused = findRefusedSwitch(args, 'linux');
        return refused === undefined || refused.trim().startsWith('-');
      }),
    );
  });
});

test('arguments beyond the limit of the running Deskbell are too long, counted in bytes', () => {
  expect(areArgumentsTooLong(['deskbell', `deskbell://invite?name=${'x'.repeat(1_000)}`])).toBe(
    false,
  );
  expect(areArgumentsTooLong([])).toBe(false);
  expect(areArgumentsTooLong(['x'.repeat(16 * 1024)])).toBe(true);
  expect(areArgumentsTooLong(['é'.repeat(8 * 1024)])).toBe(true);
  expect(areArgumentsTooLong(Array.from({ length: 10_000 }, () => '-x'))).toBe(true);
});

test('[row 187] certificates named in the environment are removed, and nothing else', () => {
  const environment = {
    SSL_CERT_FILE: '/tmp/authority.pem',
    SSL_CERT_DIR: '/tmp',
    NODE_EXTRA_CA_CERTS: '/tmp/authority.pem',
    HOME: '/home/desk',
  };
  removeCertificateVariables(environment);
  expect(environment).toEqual({ HOME: '/home/desk' });
});
