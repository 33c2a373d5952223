import { onTestFinished, test } from 'vitest';
import { expect } from '../support/expect.ts';
import { openConnectProxy } from '../support/fault-server.ts';
import type { Desk } from '../support/reception.ts';
import { invite } from '../support/visit.ts';
import { aReception } from './a-reception.ts';

test('the proxy that the system names is used; one that wants a sign-in is named in words, and a change needs no restart (rows 22, 110)', async () => {
  const asks = await openConnectProxy({ onConnect: () => 407 });
  onTestFinished(asks.close);
  const lets = await openConnectProxy({ onConnect: () => 200 });
  onTestFinished(lets.close);
  const reception = await aReception();
  const desk = await reception.open();

  await nameProxy(desk, asks.port);
  await invite(desk, '0639980012', 'Marie Dupont');
  await expect(desk.connection).toContainText(/proxy asks for a password/i);
  expect(asks.connections()).toBeGreaterThan(0);
  expect(reception.sends()).toEqual([]);

  await nameProxy(desk, lets.port);
  await desk.tab('Outbox').click();
  await desk.button('Try all now').click();
  await expect.poll(reception.sends).toHaveLength(1);
  await expect(desk.connection).toBeEmpty();
  expect(new Set(lets.targets())).toEqual(new Set([reception.vendor.apiUrl.host]));
});

/** What a person or IT does in the settings of the system. Chromium keeps loopback out of proxies unless told. */
async function nameProxy({ electron }: Desk, port: number): Promise<void> {
  await electron.evaluate(
    ({ session }, proxyRules) =>
      session.defaultSession.setProxy({
        mode: 'fixed_servers',
        proxyRules,
        proxyBypassRules: '<-loopback>',
      }),
    `http://127.0.0.1:${port}`,
  );
}
