import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy on loopback, between a client and a server, that fails as networks do. */
export type TcpProxy = {
  readonly port: number;
  /** How many connections were opened. */
  readonly connections: () => number;
  /**
   * What happens from now on. `pass`: everything goes through. `swallow`: both sides stay connected and hear nothing.
   * `swallow-answers`: the server hears the client, and the client nothing. `refuse`: new connections end at once.
   */
  readonly behave: (how: 'pass' | 'swallow' | 'swallow-answers' | 'refuse') => void;
  /** How long everything is on its way from now on, in both directions; 0 at first. */
  readonly delay: (ms: number) => void;
  /** Ends the connections with a reset. */
  readonly cut: () => void;
  /** Resolves when so many bytes of clients have arrived since the proxy was opened. */
  readonly heard: (bytes: number) => Promise<void>;
  readonly bytesHeard: () => number;
  readonly close: () => Promise<void>;
};

/** Opens a proxy to a port of loopback. */
export async function openTcpProxy(to: number): Promise<TcpProxy> {
  let how: 'pass' | 'swallow' | 'swallow-answers' | 'refuse' = 'pass';
  let connections = 0;
  let bytes = 0;
  let delayMs = 0;
  let waiting: readonly { readonly bytes: number; readonly tell: () => void }[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    connections += 1;
    if (how === 'refuse') {
      client.on('error', () => {});
      client.resetAndDestroy();
      return;
    }
    const onwards = connect(to, '127.0.0.1');
    for (const socket of [client, onwards]) keep(socket);
    const toServer = createDelayed(() => delayMs);
    const toClient = createDelayed(() => delayMs);
    client.on('data', (part: Buffer) => {
      if (how !== 'swallow') toServer(() => onwards.write(part));
      bytes += part.length;
      for (const one of waiting) if (one.bytes <= bytes) one.tell();
      waiting = waiting.filter((one) => one.bytes > bytes);
    });
    onwards.on('data', (part: Buffer) => {
      if (how === 'pass') toClient(() => client.write(part));
    });
    client.once('close', () => onwards.destroy());
    onwards.once('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP port');
  return {
    port: address.port,
    connections: () => connections,
    behave: (next) => {
      how = next;
    },
    delay: (ms) => {
      delayMs = ms;
    },
    cut: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    heard: (wanted) =>
      new Promise((tell) => {
        if (bytes >= wanted) tell();
        else waiting = [...waiting, { bytes: wanted, tell }];
      }),
    bytesHeard: () => bytes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Runs tasks after a delay, in their order also when the delay becomes shorter. */
function createDelayed(delayMs: () => number): (task: () => void) => void {
  const tasks: (() => void)[] = [];
  return (task) => {
    if (delayMs() === 0 && tasks.length === 0) {
      task();
      return;
    }
    tasks.push(task);
    // Each timer runs one task, the oldest one.
    setTimeout(() => tasks.shift()?.(), delayMs());
  };
}
