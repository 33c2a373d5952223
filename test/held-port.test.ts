import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openSimulator } from '../electron/practice/simulator.ts';
import { createFakeClock } from './support/clock.ts';
import { keepingItsPort } from './support/held-port.ts';

async function aSimulator() {
  const simulator = keepingItsPort(await openSimulator({ clock: createFakeClock(0) }));
  onTestFinished(simulator.close);
  return { simulator, port: Number(simulator.apiUrl.port) };
}

test('[row 248] a held port refuses connections, and no other program can take it', async () => {
  const { simulator, port } = await aSimulator();
  await simulator.refuseConnections();
  expect(await tryToConnect(port)).toBe('ECONNREFUSED');
  expect(isKept(port)).toBe(true);
  await simulator.refuseConnections();
  expect(isKept(port)).toBe(true);

  await simulator.acceptConnections();
  expect(await tryToConnect(port)).toBe('connected');
  await simulator.refuseConnections();
  expect(await tryToConnect(port)).toBe('ECONNREFUSED');
});

test('[row 248] closing a simulator releases its port', async () => {
  const { simulator, port } = await aSimulator();
  await simulator.refuseConnections();
  await simulator.close();
  const next = await openSimulator({ clock: createFakeClock(0), port });
  if (next.kind !== 'open') throw new Error('the port is still taken');
  expect(next.apiUrl.href).toBe(simulator.apiUrl.href);
  await next.close();
});

function tryToConnect(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    socket.on('connect', () => {
      socket.destroy();
      resolve('connected');
    });
  });
}

/** Whether a connection from this port exists, as Linux lists them (proc(5)). Other systems have no such list. */
function isKept(port: number): boolean {
  if (process.platform !== 'linux') return true;
  const from = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const established = '01';
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .some(([, local, , state]) => local === from && state === established);
}
