import { createSocket } from 'node:dgram';
import type { Page } from 'playwright';
import { onTestFinished, test } from 'vitest';
import { CALLS, EVENTS } from '../../shared/ipc/bridge.ts';
import { expect } from '../support/expect.ts';
import { httpAnswer, openFaultServer } from '../support/fault-server.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const PAGE = 'app://ui/index.html';

test('the page has no Node, and of Deskbell only the frozen calls and events', async () => {
  const { page } = await (await anInstallation()).open();
  const found = await page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'global', 'Buffer', 'electron', 'ipcRenderer'].filter(
      (name) => name in window,
    ),
    parts: Object.keys(window.deskbell),
    calls: Object.keys(window.deskbell.calls),
    events: Object.keys(window.deskbell.events),
    frozen: [window.deskbell, window.deskbell.calls, window.deskbell.events].map((part) =>
      Object.isFrozen(part),
    ),
  }));
  expect(found).toEqual({
    globals: [],
    parts: ['calls', 'events'],
    calls: [...CALLS],
    events: [...EVENTS],
    frozen: [true, true, true],
  });
});

test('the window has every hardened preference', async () => {
  const app = await (await anInstallation()).open();
  const preferences = await app.runInMain(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // Not in Electron's types: the effective values after all defaults.
    const read: unknown = contents && Reflect.get(contents, 'getLastWebPreferences');
    const found: unknown =
      typeof read === 'function' ? Reflect.apply(read, contents, []) : undefined;
    return found;
  });
  expect(preferences).toMatchObject({
    allowRunningInsecureContent: false,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    sandbox: true,
    webSecurity: true,
    webviewTag: false,
  });
  for (const name of ['enableBlinkFeatures', 'experimentalFeatures', 'additionalArguments']) {
    expect([undefined, '', false]).toContain(Reflect.get(Object(preferences), name));
  }
});

test('a call outside the contract is refused, and Deskbell continues (row 89)', async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  const replies = await app.page.evaluate(async (calls) => {
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    const hostile: readonly unknown[] = [
      null,
      'text',
      [1, 2],
      { stranger: 1 },
      { key: 'x'.repeat(10_000_000) },
      cyclic,
    ];
    return Promise.all(
      calls.flatMap((call) => hostile.map((input) => window.deskbell.calls[call](input))),
    );
  }, CALLS);
  for (const reply of replies) {
    expect(reply).toEqual({ ok: false, failure: { kind: 'bug', reference: expect.any(String) } });
  }
  await invite(app, '0639980012', 'Marie Dupont');
  await expect(app.result).toContainText(/accepted/i);
});

const NOT_FOUND = { error: 'Error: net::ERR_FILE_NOT_FOUND' };

test('the page is served with its policy, and nothing else is served (row 95)', async () => {
  const app = await (await anInstallation()).open();
  const ask = (url: string, method = 'GET') =>
    app.runInMain(
      async ({ BrowserWindow }, request) => {
        const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
        try {
          const answer = await session?.fetch(request.url, { method: request.method });
          return answer && { status: answer.status, headers: Object.fromEntries(answer.headers) };
        } catch (error) {
          return { error: String(error) };
        }
      },
      { url, method },
    );
  const page = await ask(PAGE);
  if (page === undefined || 'error' in page) throw new Error(page?.error ?? 'no window');
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']?.split('; ').toSorted()).toEqual([
    "base-uri 'none'",
    "connect-src 'none'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "img-src 'self'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'sandbox allow-scripts allow-same-origin allow-forms',
    "script-src 'self'",
    "style-src 'self'",
  ]);
  for (const path of ['../preload.cjs', '%2e%2e/preload.cjs', '..%2fmain.js', '..%5cmain.js']) {
    expect(await ask(`app://ui/${path}`)).toEqual(NOT_FOUND);
  }
  expect(await ask(PAGE, 'POST')).toEqual(NOT_FOUND);
  expect(await ask('app://elsewhere/index.html')).toEqual(NOT_FOUND);
});

test("injected scripts and handlers do not run, whatever a customer's name is (row 100)", async () => {
  const installation = await anInstallation();
  const app = await installation.open();
  const violations = await app.page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      seen.push(effectiveDirective);
    });
    const script = document.createElement('script');
    try {
      script.append('document.documentElement.dataset.broken = "script"');
    } catch {
      seen.push('script refused');
    }
    const handler = document.createElement('button');
    try {
      handler.setAttribute('onclick', 'document.documentElement.dataset.broken = "handler"');
    } catch {
      seen.push('handler refused');
    }
    document.body.append(script, handler);
    handler.click();
    try {
      document.body.innerHTML = '<b>sink</b>';
    } catch {
      seen.push('refused');
    }
    handler.remove();
    await new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
    return seen;
  });
  expect(violations).toContain('script refused');
  expect(violations).toContain('handler refused');
  expect(violations).toContain('refused');

  const name = '<img src=x onerror="document.documentElement.dataset.broken=1">';
  await invite(app, '0639980012', name);
  await app.tab('History').click();
  await expect(app.row(name)).toContainText('Accepted');
  expect(installation.sends()).toMatchObject([{ target_name: name }]);
  await expect(app.page.locator(':root')).not.toHaveAttribute('data-broken');
});

test('the page reaches no server by any means (row 94)', async () => {
  const server = await aServer();
  const { page } = await (await anInstallation()).open();
  const outcomes = await page.evaluate(async (url) => {
    const outcome = (element: HTMLElement, source: string): Promise<string> =>
      new Promise((resolve) => {
        element.addEventListener('load', () => resolve('loaded'));
        element.addEventListener('error', () => resolve('blocked'));
        element.setAttribute(source, url);
        document.head.append(element);
      });
    const link = (rel: string) => Object.assign(document.createElement('link'), { rel });
    const socket = () =>
      new Promise<string>((resolve) => {
        try {
          const opened = new WebSocket(url.replace('http', 'ws'));
          opened.addEventListener('open', () => resolve('loaded'));
          opened.addEventListener('error', () => resolve('blocked'));
        } catch {
          resolve('blocked');
        }
      });
    navigator.sendBeacon(url, 'x');
    return Promise.all([
      fetch(url).then(
        () => 'loaded',
        () => 'blocked',
      ),
      outcome(document.createElement('img'), 'src'),
      outcome(link('stylesheet'), 'href'),
      socket(),
    ]);
  }, server.url);
  expect(outcomes).toEqual(outcomes.map(() => 'blocked'));
  const udp = await aUdpSocket();
  await page.evaluate(callAs, { stun: udp.port, turn: server.port });
  expect(udp.datagrams()).toBe(0);
  expect(server.connections()).toBe(0);
  await fetch(server.url);
  expect(server.connections()).toBe(1);
});

test('the page cannot navigate away (row 93)', async () => {
  const server = await aServer();
  const installation = await anInstallation();
  const { page, electron, runInMain, phone } = await installation.open();
  await phone.pressSequentially('0639980012');
  await runInMain(({ BrowserWindow }) => {
    const urls: string[] = [];
    Object.assign(globalThis, { navigationsOfTests: urls });
    BrowserWindow.getAllWindows()[0]?.webContents.on('did-start-navigation', (event) => {
      urls.push(event.url);
    });
  });
  const began = () =>
    runInMain(() => {
      const urls: readonly string[] = Reflect.get(globalThis, 'navigationsOfTests');
      return urls;
    });
  const roads = [
    () => page.evaluate((url) => location.assign(url), server.url),
    () =>
      page.evaluate((url) => {
        const link = Object.assign(document.createElement('a'), { href: url });
        document.body.append(link);
        link.click();
      }, server.url),
    () =>
      page.evaluate((url) => {
        const form = document.createElement('form');
        form.action = url;
        document.body.append(form);
        form.submit();
      }, server.url),
    () =>
      page.evaluate((url) => {
        const refresh = document.createElement('meta');
        refresh.httpEquiv = 'refresh';
        refresh.content = `0;url=${url}`;
        document.head.append(refresh);
      }, server.url),
    () =>
      page.evaluate((url) => {
        const frame = document.createElement('iframe');
        frame.src = url;
        document.body.append(frame);
      }, server.url),
  ];
  for (const [at, take] of roads.entries()) {
    await take();
    await expect.poll(began).toHaveLength(at + 1);
  }
  await dropFile(page, installation.configFile);
  const opened = await page.evaluate((url) => window.open(url), server.url);
  expect(opened).toBeNull();
  await page.evaluate((url) => {
    const link = Object.assign(document.createElement('a'), { href: url, target: '_blank' });
    document.body.append(link);
    link.click();
    const view = document.createElement('webview');
    view.setAttribute('src', url);
    document.body.append(view);
  }, server.url);

  // Playwright waits for navigations that never happen, so the test reads the page from the main process.
  const shown = await runInMain(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const typed = await contents?.executeJavaScript("document.querySelector('input')?.value");
    return { typed: String(typed), url: contents?.getURL() };
  });
  expect(shown).toEqual({ typed: '06 39 98 00 12', url: PAGE });
  expect(electron.windows()).toHaveLength(1);
  expect(server.connections()).toBe(0);
});

test('the page cannot change the window title or keep Deskbell from quitting (row 118)', async () => {
  const app = await (await anInstallation()).open();
  await app.page.evaluate(() => {
    document.title = 'Marie Dupont';
    window.addEventListener('beforeunload', (event) => event.preventDefault());
  });
  // Only a page with a user gesture may ask to stay.
  await app.phone.press('0');
  await app.tab('History').click();
  const titles = await app.runInMain(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.getTitle()),
  );
  expect(titles).toEqual(['Deskbell']);
  await app.quit();
});

test('[row 247] the page opens no system dialog by itself, and moves no window', async () => {
  const { page, runInMain } = await (await anInstallation()).open();
  const bounds = () =>
    runInMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.getBounds()));
  const before = await bounds();
  await runInMain(({ BrowserWindow }) => {
    const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
    session?.on('will-download', (event) => {
      Object.assign(globalThis, { started: !event.defaultPrevented });
    });
  });
  const found = await page.evaluate(async () => {
    window.print();
    for (const href of [URL.createObjectURL(new Blob(['x'])), 'data:text/plain,x', location.href]) {
      const link = document.createElement('a');
      Object.assign(link, { href, download: 'x.sh' });
      document.body.append(link);
      link.click();
      link.remove();
    }
    window.moveTo(-4_000, -4_000);
    window.resizeTo(50, 50);
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    return ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker'].filter(
      (name) => name in window,
    );
  });
  expect(found).toEqual([]);
  expect(await bounds()).toEqual(before);
  expect(await runInMain(() => Reflect.get(globalThis, 'started') === true)).toBe(false);
});

test('the page gets no permission', async () => {
  const { page } = await (await anInstallation()).open();
  const answers = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone'] as const;
    const states = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
    const refused = (error: Error) => error.name;
    return {
      states: states.map(({ state }) => state),
      notifications: await Notification.requestPermission(),
      geolocation: await new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED),
        );
      }),
      reading: await navigator.clipboard.readText().catch(refused),
      writing: await navigator.clipboard.writeText('x').catch(refused),
      screen: await navigator.mediaDevices.getDisplayMedia().catch(refused),
    };
  });
  expect(answers).toEqual({
    states: ['denied', 'denied', 'denied', 'denied'],
    notifications: 'denied',
    geolocation: true,
    reading: 'NotAllowedError',
    writing: 'NotAllowedError',
    screen: 'NotAllowedError',
  });
});

/** A server on loopback that answers and counts, for the running test. */
async function aServer(): Promise<{
  readonly url: string;
  readonly port: number;
  readonly connections: () => number;
}> {
  const { port, connections, close } = await openFaultServer({
    onRequest: (socket) => socket.end(httpAnswer(200, {}, 'reached')),
  });
  onTestFinished(close);
  return { url: `http://127.0.0.1:${port}/`, port, connections };
}

/** A port on loopback that counts UDP packets, for the running test. */
async function aUdpSocket(): Promise<{
  readonly port: number;
  readonly datagrams: () => number;
}> {
  let datagrams = 0;
  const socket = createSocket('udp4', () => {
    datagrams += 1;
  });
  onTestFinished(() => void socket.close());
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  return { port: socket.address().port, datagrams: () => datagrams };
}

/** Makes a WebRTC call with servers of its own; resolves when every route was tried. */
async function callAs(ports: { readonly stun: number; readonly turn: number }): Promise<void> {
  const account = { username: 'x', credential: 'x' };
  const call = new RTCPeerConnection({
    iceServers: [
      { urls: `stun:127.0.0.1:${ports.stun}` },
      { urls: `turn:127.0.0.1:${ports.stun}`, ...account },
      { urls: `turn:127.0.0.1:${ports.turn}?transport=tcp`, ...account },
    ],
  });
  call.createDataChannel('x');
  const done = new Promise<void>((resolve) => {
    call.addEventListener('icegatheringstatechange', () => {
      if (call.iceGatheringState === 'complete') resolve();
    });
  });
  await call.setLocalDescription(await call.createOffer());
  await done;
}

/** Drops a file on the page, as from a file manager. */
async function dropFile(page: Page, file: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  }
}
