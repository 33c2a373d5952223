import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { isFromPage, isPageUrl, servePage } from '../../../electron/window/page-protocol.ts';

// A session serves the page; these tests act as that session.
vi.mock('electron/main', () => ({ protocol: {}, BrowserWindow: {} }));

const SECRET = 'not for the page';

/** A built page, with a secret beside its folder, and the session that serves it. */
function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-page-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const page = join(folder, 'renderer');
  mkdirSync(join(page, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'renderer-secret'));
  writeFileSync(join(page, 'fr.html'), '<!doctype html><html lang="fr">');
  writeFileSync(join(page, 'assets', 'main.js'), 'export {};');
  writeFileSync(join(page, 'assets', 'data.bin'), '');
  writeFileSync(join(folder, 'secret.txt'), SECRET);
  writeFileSync(join(folder, 'renderer-secret', 'secret.txt'), SECRET);

  type Answer = { readonly path: string; readonly headers: object } | { readonly error: number };
  let serveOne = (_request: object, _answer: (given: Answer) => void): void => {
    throw new Error('not served');
  };
  let filter = (_details: object, _answer: (verdict: object) => void): void => {};
  let request = (_contents: object, _name: string, _answer: (granted: boolean) => void): void => {};
  let check = (): boolean => true;
  let device = (): boolean => true;
  const proxies: object[] = [];
  let download = (_event: { readonly preventDefault: () => void }): void => {};
  const session = {
    on: (event: string, listener: typeof download) => {
      expect(event).toBe('will-download');
      download = listener;
    },
    protocol: {
      registerFileProtocol: (scheme: string, handler: typeof serveOne) => {
        expect(scheme).toBe('app');
        serveOne = handler;
      },
    },
    setProxy: async (config: object) => {
      proxies.push(config);
    },
    webRequest: {
      onBeforeRequest: (listener: typeof filter) => {
        filter = listener;
      },
    },
    setPermissionRequestHandler: (handler: typeof request) => {
      request = handler;
    },
    setPermissionCheckHandler: (handler: typeof check) => {
      check = handler;
    },
    setDevicePermissionHandler: (handler: typeof device) => {
      device = handler;
    },
  };
  // A full Session is Electron's; these parts serve a page.
  Reflect.apply(servePage, undefined, [session, page, () => 'fr']);
  return {
    proxies,
    isDownloaded: (): boolean => {
      let isPrevented = false;
      download({
        preventDefault: () => {
          isPrevented = true;
        },
      });
      return !isPrevented;
    },
    get: async (url: string, method = 'GET') =>
      asElectron(await new Promise<Answer>((resolve) => serveOne({ url, method }, resolve))),
    isCancelled: (url: string): boolean => {
      let cancelled = true;
      filter({ url }, (verdict) => {
        cancelled = 'cancel' in verdict && verdict.cancel === true;
      });
      return cancelled;
    },
    isGranted: (name: string): boolean => {
      let granted = true;
      request({}, name, (answer) => {
        granted = answer;
      });
      return granted || check() || device();
    },
  };
}

/** What Electron returns for a request: the unchanged file, or nothing. */
async function asElectron(
  given: { readonly path: string; readonly headers: object } | { readonly error: number },
): Promise<Response> {
  const nothing = new Response(null, { status: 404 });
  if ('error' in given) return nothing;
  const bytes = await readFile(given.path).catch(() => undefined);
  if (bytes === undefined) return nothing;
  return new Response(new Uint8Array(bytes), {
    headers: Object.entries(given.headers).map(([name, value]) => [name, String(value)]),
  });
}

describe('[row 95] the page’s own files', () => {
  test.each([
    ['app://ui/index.html', 'text/html; charset=utf-8'],
    ['app://ui/index.html?x=1#y', 'text/html; charset=utf-8'],
    ['app://ui/assets/main.js', 'text/javascript; charset=utf-8'],
    ['app://ui/assets/../index.html', 'text/html; charset=utf-8'],
    ['app://ui/../index.html', 'text/html; charset=utf-8'],
    ['app://ui/assets/data.bin', 'application/octet-stream'],
  ])('%s is served as %s', async (url, type) => {
    const response = await setUp().get(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('are served in the current language', async () => {
    expect(await (await setUp().get('app://ui/index.html')).text()).toContain('lang="fr"');
  });

  test.each([
    ['another folder', 'app://ui/../secret.txt'],
    ['another folder, encoded', 'app://ui/%2e%2e/secret.txt'],
    ['another folder, its slash encoded', 'app://ui/..%2fsecret.txt'],
    ['another folder, all encoded', 'app://ui/%2e%2e%2fsecret.txt'],
    ['another folder, in the middle', 'app://ui/assets/..%2f..%2fsecret.txt'],
    ['another folder, twice encoded', 'app://ui/%252e%252e%252fsecret.txt'],
    ['a folder with the same prefix', 'app://ui/..%2frenderer-secret%2fsecret.txt'],
    ['a backslash', 'app://ui/..\\secret.txt'],
    ['a backslash, encoded', 'app://ui/..%5csecret.txt'],
    ['an absolute path', 'app://ui//etc/passwd'],
    ['an absolute path, encoded', 'app://ui/%2fetc%2fpasswd'],
    ['the end of a name', 'app://ui/index.html%00.js'],
    ['broken encoding', 'app://ui/%E0%A4%A'],
    ['the folder itself', 'app://ui/'],
    ['a folder in it', 'app://ui/assets'],
    ['nothing at all', 'app://ui/missing.js'],
    ['another host', 'app://other/index.html'],
    ['a port', 'app://ui:80/index.html'],
    ['another scheme', 'https://ui/index.html'],
    ['a file', 'file:///etc/passwd'],
    ['no address', 'index.html'],
  ])('%s is not served', async (_title, url) => {
    const response = await setUp().get(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  test.each(['POST', 'PUT', 'HEAD', 'DELETE'])('are refused to %s', async (method) => {
    expect((await setUp().get('app://ui/index.html', method)).status).toBe(404);
  });

  test('cannot be left by any address', async () => {
    const { get } = setUp();
    const dots = ['..', '.', '%2e', '%2E%2e', '/', '\\', '%2f', '%5c', '%00', '%252f', '%c0%ae'];
    const names = [
      'secret.txt',
      'renderer',
      'assets',
      'C:',
      '~',
      '*',
      ' ',
      ';',
      '?',
      '#',
      '@',
      ':',
    ];
    const piece = fc.constantFrom(...dots, ...names);
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 10 }), async (pieces) => {
        const response = await get(`app://ui/${pieces.join('')}`);
        expect(await response.text()).not.toContain(SECRET);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the policy of the page', () => {
  async function directives() {
    const response = await setUp().get('app://ui/index.html');
    const policy = response.headers.get('content-security-policy') ?? '';
    return new Map(
      policy.split(';').map((directive) => {
        const [name = '', ...values] = directive.trim().split(/\s+/);
        return [name, values.join(' ')];
      }),
    );
  }

  test('allows its own files and nothing else', async () => {
    const policy = await directives();
    expect(policy.get('default-src')).toBe("'none'");
    for (const own of ['script-src', 'style-src', 'img-src', 'font-src'])
      expect(policy.get(own)).toBe("'self'");
    for (const none of ['connect-src', 'base-uri', 'form-action', 'frame-ancestors', 'object-src'])
      expect(policy.get(none)).toBe("'none'");
    expect(policy.get('require-trusted-types-for')).toBe("'script'");
  });

  test('is valid syntax for browsers', async () => {
    for (const [name, value] of await directives()) {
      expect(name).toMatch(/^[a-z-]+$/);
      expect(value).toMatch(/^'(?:none|self|script)'$|^[a-z#'*-]+(?: [a-z#'*-]+)*$/);
      expect(value).not.toMatch(/unsafe|\*|data:|https?:/);
    }
  });

  test('comes with every file', async () => {
    const response = await setUp().get('app://ui/assets/main.js');
    expect(response.headers.has('content-security-policy')).toBe(true);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('the session of the page', () => {
  test.each([
    'https://api.partoo.co/v2/user/me',
    'http://127.0.0.1:8080/',
    'ws://127.0.0.1/',
    'file:///etc/passwd',
    'data:text/html,x',
    'blob:app://ui/1',
    'app://other/index.html',
    'devtools.example',
  ])('[row 94] refuses %s', (url) => {
    expect(setUp().isCancelled(url)).toBe(true);
  });

  test('[row 247] downloads nothing', () => {
    expect(setUp().isDownloaded()).toBe(false);
  });

  test('[row 94] uses a proxy that does not exist, also for this PC', () => {
    expect(setUp().proxies).toEqual([
      { mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:9', proxyBypassRules: '<-loopback>' },
    ]);
  });

  test('may request the page', () => {
    expect(setUp().isCancelled('app://ui/assets/main.js')).toBe(false);
  });

  test.each(['notifications', 'geolocation', 'clipboard-read', 'media', 'openExternal', 'usb'])(
    'is not granted %s',
    (name) => {
      expect(setUp().isGranted(name)).toBe(false);
    },
  );
});

test.each([
  ['app://ui/index.html', true],
  ['app://ui', true],
  ['app://ui/other.html?x', true],
  ['app://UI/index.html', false],
  ['app://ui.evil/index.html', false],
  ['app://evil/ui', false],
  ['app:ui/index.html', false],
  ['app://', false],
  ['apps://ui/index.html', false],
  ['https://ui/', false],
  ['about:blank', false],
  ['', false],
  ['ui/index.html', false],
])('isPageUrl(%j) is %s', (url, expected) => {
  expect(isPageUrl(url)).toBe(expected);
});

describe('[row 88] a message is from the page', () => {
  const frame = (url: string) => ({ url, origin: new URL(url).origin });
  const page = frame('app://ui/index.html');

  test('when it comes from the top frame that shows it', () => {
    expect(isFromPage({ senderFrame: page, sender: { mainFrame: page } })).toBe(true);
  });

  test.each([
    ['a frame that is gone', null, page],
    ['a frame inside it', frame('app://ui/index.html'), page],
    ['a foreign top frame', frame('https://evil.example/'), undefined],
    ['a top frame that navigated', frame('about:blank'), undefined],
    ['another host of the scheme', frame('app://other/index.html'), undefined],
  ])('not when it comes from %s', (_title, senderFrame, mainFrame) => {
    const sender = { mainFrame: mainFrame ?? senderFrame };
    expect(isFromPage({ senderFrame, sender })).toBe(false);
  });
});
