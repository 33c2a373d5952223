import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { ConnectionError } from './error-causes.ts';
import { loadSocks5 } from './undici.ts';

const USUAL_PORT = '1080';

/** Errors of a proxy that requires a name and a password. */
const SIGN_IN_CODES: ReadonlySet<string> = new Set([
  'UND_ERR_SOCKS5_AUTH_REJECTED',
  'UND_ERR_SOCKS5_AUTH_METHOD',
]);

/**
 * Opens a connection to `target` through a SOCKS5 proxy (RFC 1928), without signing in; the proxy resolves the name.
 * Resolves to the open socket; rejects with a `ConnectionError` when the proxy fails, refuses, or takes longer than
 * `connectMs` to connect or to answer.
 *
 * undici implements the protocol. Its Socks5ProxyAgent is not used: it is experimental, has its own clock, and leaves
 * the certificate check behind the proxy to its caller's options.
 */
export const openSocks5Tunnel = async (
  connect: buildConnector.connector,
  proxy: URL,
  target: { readonly host: string; readonly port: string },
  connectMs: number,
): Promise<Socket> => {
  const { Socks5Client } = await loadSocks5();
  const socket = await connectTo(connect, proxy);
  const client = new Socks5Client(socket);
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      socket.destroy();
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      reject(new ConnectionError(SIGN_IN_CODES.has(code) ? 'PROXY_WANTS_SIGN_IN' : 'PROXY_FAILED'));
    };
    const timer = setTimeout(fail, connectMs);
    // Stays as long as the socket lives: an error without a listener would be thrown.
    client.on('error', fail);
    client.on('close', fail);
    client.once('authenticated', () => client.connect(target.host, Number(target.port)));
    client.once('connected', () => {
      clearTimeout(timer);
      client.off('close', fail);
      resolve(socket);
    });
    client.handshake();
  });
};

const connectTo = (connect: buildConnector.connector, proxy: URL): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const hostname = proxy.hostname.replace(/^\[|\]$/g, '');
    const port = proxy.port || USUAL_PORT;
    connect({ hostname, host: hostname, port, protocol: 'http:' }, (error, socket) => {
      if (error === null) resolve(socket);
      else reject(new ConnectionError('PROXY_FAILED'));
    });
  });
