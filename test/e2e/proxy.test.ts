import { describe, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../support/clock.ts';
import { expect } from '../support/expect.ts';
import {
  COMPANY_AUTHORITY_FILE,
  httpAnswer,
  openConnectProxy,
  openFaultServer,
} from '../support/fault-server.ts';
import type { RunningApp } from '../support/installation.ts';
import { invite, tryAllNow } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

test('uses the proxy of the system, names one that needs a sign-in, and follows changes without a restart (rows 22, 110)', async () => {
  const asks = await openConnectProxy({ onConnect: () => 407 });
  onTestFinished(asks.close);
  const lets = await openConnectProxy({ onConnect: () => 200 });
  onTestFinished(lets.close);
  const clock = createFakeClock(Date.now());
  const installation = await anInstallation({ clock });
  const app = await installation.open();

  await nameProxy(app, asks.port);
  await invite(app, '0639980012', 'Marie Dupont');
  await expect(app.connection).toContainText(/proxy is asking for a password/i);
  expect(asks.connections()).toBeGreaterThan(0);
  expect(installation.sends()).toEqual([]);

  await app.tab('Outbox').click();
  await tryAllNow(app, installation, clock, () => nameProxy(app, lets.port));
  await expect.poll(installation.sends).toHaveLength(1);
  await expect(app.connection).toBeEmpty();
  expect(new Set(lets.targets())).toEqual(new Set([installation.vendor.apiUrl.host]));
});

describe('a company proxy that a script selects and that inspects traffic', () => {
  const NAME = 'api.partoo.test';
  const inspected = async (settings: object) => {
    const installation = await anInstallation({
      settings: { apiUrl: `https://${NAME}/v2`, ...settings },
    });
    const port = Number(installation.vendor.apiUrl.port);
    const proxy = await openConnectProxy({ onConnect: () => 200, inspectsFor: port });
    onTestFinished(proxy.close);
    const script = `function FindProxyForURL(url, host) {
      return host === '${NAME}' ? 'PROXY 127.0.0.1:${proxy.port}' : 'DIRECT';
    }`;
    const type = { 'content-type': 'application/x-ns-proxy-autoconfig', connection: 'close' };
    const scripts = await openFaultServer({
      onRequest: (socket) => socket.end(httpAnswer(200, type, script)),
    });
    onTestFinished(scripts.close);
    const app = await installation.open();
    await app.runInMain(
      ({ session }, pacScript) =>
        session.defaultSession.setProxy({ mode: 'pac_script', pacScript }),
      `http://127.0.0.1:${scripts.port}/proxy.pac`,
    );
    await invite(app, '0639980012', 'Marie Dupont');
    return { installation, app, proxy };
  };

  test('works when IT names the authority of the company (row 116)', async () => {
    const { installation, app, proxy } = await inspected({ caFile: COMPANY_AUTHORITY_FILE });
    await expect.poll(installation.sends).toHaveLength(1);
    await expect(app.connection).toBeEmpty();
    // The proxy resolves the name: this PC need not know it.
    expect(new Set(proxy.targets())).toEqual(new Set([`${NAME}:443`]));
  });

  test('is not trusted otherwise: sends nothing and says so (row 16)', async () => {
    const { installation, app, proxy } = await inspected({});
    await expect(app.connection).toContainText(/certificate can’t be trusted/i);
    expect(proxy.targets()).not.toEqual([]);
    expect(installation.vendor.received()).toEqual([]);
  });
});

/** What a person or IT does in the system settings. Chromium bypasses proxies for loopback unless told otherwise. */
async function nameProxy({ runInMain }: RunningApp, port: number): Promise<void> {
  await runInMain(
    ({ session }, proxyRules) =>
      session.defaultSession.setProxy({
        mode: 'fixed_servers',
        proxyRules,
        proxyBypassRules: '<-loopback>',
      }),
    `http://127.0.0.1:${port}`,
  );
}
