import { readFileSync } from 'node:fs';
import * as net from 'node:net';
import type { Socket } from 'node:net';
import * as tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { holdPort } from './held-port.ts';

/** The authority of a company that inspects its traffic, as a file. */
export const COMPANY_AUTHORITY_FILE = fileURLToPath(new URL('tls/company.pem', import.meta.url));

/** The authority that signed the certificates of the test servers, as a file. */
export const TEST_AUTHORITY_FILE = fileURLToPath(new URL('tls/authority.pem', import.meta.url));

/** The same as PEM. */
export const TEST_AUTHORITY = readTlsFile('authority.pem');

export type FaultScript = {
  /** Called on a connection, before anything was read. */
  readonly onConnection?: (socket: Socket) => void;
  /** Called with each whole request, headers and body, and its connection. */
  readonly onRequest?: (socket: Socket, request: string) => void;
  /** Serves TLS for the name `localhost`. */
  readonly certificate?: 'server' | 'expired';
  readonly host?: '127.0.0.1' | '::1';
};

export type FaultServer = {
  readonly port: number;
  readonly connections: () => number;
  /** Every whole request that was read, oldest first. */
  readonly requests: () => readonly string[];
  readonly close: () => Promise<void>;
};

/** A server on loopback that does with each connection only what a test says. */
export const openFaultServer = async (script: FaultScript): Promise<FaultServer> => {
  const requests: string[] = [];
  const onConnection = (socket: Socket): void => {
    // These tests expect clients that break off.
    socket.on('error', () => {});
    script.onConnection?.(socket);
    let unread = '';
    socket.on('data', (chunk: Buffer) => {
      unread += chunk.toString('latin1');
      for (let end = endOfRequest(unread); end !== undefined; end = endOfRequest(unread)) {
        const request = unread.slice(0, end);
        unread = unread.slice(end);
        requests.push(request);
        script.onRequest?.(socket, request);
      }
    });
  };
  const server =
    script.certificate === undefined
      ? net.createServer(onConnection)
      : tls.createServer(certificate(script.certificate), onConnection);
  const listening = await listen(server, script.host ?? '127.0.0.1');
  return { ...listening, requests: () => [...requests] };
};

export type ProxyScript = {
  /** The answer to CONNECT; 200 opens a real tunnel. */
  readonly onConnect: (socket: Socket) => number | Promise<number>;
  readonly certificate?: 'server' | 'expired';
  /**
   * Inspects the traffic, as the proxy of a company may: shows a certificate of its own for `api.partoo.test` and
   * speaks plain HTTP to this port of loopback.
   */
  readonly inspectsFor?: number;
};

export type ConnectProxy = Omit<FaultServer, 'requests'> & {
  /** The requested targets, oldest first. */
  readonly targets: () => readonly string[];
};

/** A proxy on loopback that tunnels to loopback. */
export const openConnectProxy = async (script: ProxyScript): Promise<ConnectProxy> => {
  const targets: string[] = [];
  const onConnection = (socket: Socket): void => {
    socket.on('error', () => {});
    socket.once('data', (chunk: Buffer) => {
      const [, host = '', port = ''] =
        /^CONNECT (\S+):(\d+) HTTP\/1\.1\r\n/.exec(chunk.toString('latin1')) ?? [];
      targets.push(`${host}:${port}`);
      void Promise.resolve(script.onConnect(socket)).then((status) => {
        if (socket.destroyed) return;
        if (status !== 200) {
          socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
          return;
        }
        if (script.inspectsFor !== undefined) return inspect(socket, script.inspectsFor);
        const onwards = net.connect(Number(port), host.replace(/^\[|\]$/g, ''));
        onwards.on('error', () => socket.destroy());
        onwards.once('connect', () => {
          socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
          socket.pipe(onwards).pipe(socket);
        });
      });
    });
  };
  const server =
    script.certificate === undefined
      ? net.createServer(onConnection)
      : tls.createServer(certificate(script.certificate), onConnection);
  const listening = await listen(server, '127.0.0.1');
  return { ...listening, targets: () => [...targets] };
};

function inspect(socket: Socket, port: number): void {
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  const secure = new tls.TLSSocket(socket, { isServer: true, ...certificate('inspected') });
  const onwards = net.connect(port, '127.0.0.1');
  // A client that does not trust the certificate breaks off.
  for (const end of [secure, onwards]) end.on('error', () => socket.destroy());
  secure.once('close', () => onwards.destroy());
  secure.pipe(onwards).pipe(secure);
}

/** One HTTP/1.1 answer, as bytes. */
export const httpAnswer = (
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): string =>
  [
    `HTTP/1.1 ${status} Said`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');

/** An answer with a JSON body, like Partoo's. */
export const jsonAnswer = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): string =>
  httpAnswer(status, { 'content-type': 'application/json', ...headers }, JSON.stringify(body));

/** A port of loopback without a listener until the running test ends. */
export const findClosedPort = async (): Promise<number> => {
  const { port, close } = await openFaultServer({});
  onTestFinished(await holdPort(port, () => void close()));
  return port;
};

const endOfRequest = (text: string): number | undefined => {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) return undefined;
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
  const end = head + 4 + length;
  return text.length >= end ? end : undefined;
};

const listen = (
  server: net.Server,
  host: string,
): Promise<Pick<FaultServer, 'port' | 'connections' | 'close'>> => {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('not a TCP port'));
      else resolve({ port: address.port, connections: () => connections, close });
    });
  });
};

const certificate = (name: 'server' | 'expired' | 'inspected'): tls.TlsOptions => ({
  key: readTlsFile('server-key.pem'),
  cert: readTlsFile(`${name}.pem`),
});

function readTlsFile(name: string): string {
  return readFileSync(new URL(`tls/${name}`, import.meta.url), 'utf8');
}
