import * as tls from 'node:tls';
import { afterEach, expect, test, vi } from 'vitest';
import { createTrust, readSystemCertificates } from '../../../electron/partoo/certificates.ts';
import { openPartoo } from '../../../electron/partoo/open-partoo.ts';
import { TEST_AUTHORITY, jsonAnswer, openFaultServer } from '../../support/fault-server.ts';
import type { FaultScript, FaultServer } from '../../support/fault-server.ts';
import { REQUEST, partsFor } from '../../support/builders/partoo.ts';

let server: FaultServer | undefined;
afterEach(() => server?.close());

const accept: FaultScript['onRequest'] = (socket) =>
  socket.write(jsonAnswer(200, { invitation_id: 'one', status: 'success' }));

const sendTo = (host: string, port: number, certificates: readonly string[] | undefined) =>
  openPartoo(partsFor(`https://${host}:${port}/v2`, { certificates })).send(REQUEST);

const NOT_SENT = { kind: 'not-sent', cause: 'tls' };

test('trusts an authority of the operating system beside the usual ones', async () => {
  server = await openFaultServer({ certificate: 'server', onRequest: accept });
  expect(await sendTo('localhost', server.port, [TEST_AUTHORITY])).toEqual({
    kind: 'accepted',
    partooId: 'one',
  });
});

test('[row 16] refuses an unknown authority', async () => {
  server = await openFaultServer({ certificate: 'server', onRequest: accept });
  expect(await sendTo('localhost', server.port, undefined)).toEqual(NOT_SENT);
  expect(await sendTo('localhost', server.port, [])).toEqual(NOT_SENT);
  expect(server.requests()).toEqual([]);
});

test('[row 16] refuses a certificate for another name', async () => {
  server = await openFaultServer({ certificate: 'server', onRequest: accept });
  expect(await sendTo('127.0.0.1', server.port, [TEST_AUTHORITY])).toEqual(NOT_SENT);
  expect(server.requests()).toEqual([]);
});

test('[row 16] refuses an expired certificate', async () => {
  server = await openFaultServer({ certificate: 'expired', onRequest: accept });
  expect(await sendTo('localhost', server.port, [TEST_AUTHORITY])).toEqual(NOT_SENT);
  expect(server.requests()).toEqual([]);
});

test('[row 16] refuses plain HTTP where TLS was expected', async () => {
  server = await openFaultServer({
    onConnection: (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 No\r\n\r\n')),
  });
  expect(await sendTo('localhost', server.port, [TEST_AUTHORITY])).toEqual(NOT_SENT);
});

test("reads the system's authorities where the runtime offers them", () => {
  const certificates = readSystemCertificates();
  if ('getCACertificates' in tls) expect(certificates).toBeInstanceOf(Array);
  else expect(certificates).toBeUndefined();
});

test('without certificates of the system it trusts Node’s own', () => {
  expect(createTrust(undefined)).toBeUndefined();
  expect(createTrust([])).toBeUndefined();
});

test('nothing switches verification off', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  vi.spyOn(process, 'emitWarning').mockReturnValue();
  server = await openFaultServer({ certificate: 'server', onRequest: accept });
  const outcome = await sendTo('localhost', server.port, undefined);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  expect(outcome).toEqual(NOT_SENT);
});
