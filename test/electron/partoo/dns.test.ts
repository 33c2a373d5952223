import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { openPartoo } from '../../../electron/partoo/open-partoo.ts';
import { jsonAnswer, openFaultServer } from '../../support/fault-server.ts';
import { REQUEST, partsFor } from '../../support/builders/partoo.ts';

// Where `localhost` has an address of each family, the server listens on one of them only.
const addresses = (await lookup('localhost', { all: true })).map(({ address }) => address);
const hosts = (['127.0.0.1', '::1'] as const).filter((host) => addresses.includes(host));
const hasIPv6 = Object.values(networkInterfaces())
  .flat()
  .some((one) => one?.address === '::1');

test.each(hosts)('[row 109] connects to a name of which only %s answers', async (host) => {
  const server = await openFaultServer({
    host,
    onRequest: (socket) =>
      socket.write(jsonAnswer(200, { invitation_id: 'one', status: 'success' })),
  });
  const partoo = openPartoo(partsFor(`http://localhost:${server.port}/v2`));
  expect(await partoo.send(REQUEST)).toEqual({ kind: 'accepted', partooId: 'one' });
  await server.close();
});

test.runIf(hasIPv6)('[row 109] connects to an IPv6 address', async () => {
  const server = await openFaultServer({
    host: '::1',
    onRequest: (socket) =>
      socket.write(jsonAnswer(200, { invitation_id: 'one', status: 'success' })),
  });
  const partoo = openPartoo(partsFor(`http://[::1]:${server.port}/v2`));
  expect(await partoo.send(REQUEST)).toEqual({ kind: 'accepted', partooId: 'one' });
  await server.close();
});
