import net, { type Socket } from 'node:net';

export type Socks5Script = {
  /** The method that it chooses: 0 accepts everybody, 2 asks for a name and a password, 255 refuses. */
  readonly method?: number;
  /** The answer to CONNECT; 0 opens a real tunnel to loopback. */
  readonly reply?: number;
  /** Replaces everything above. */
  readonly onConnection?: (socket: Socket) => void;
};

export type Socks5Proxy = {
  readonly port: number;
  /** The requested targets, oldest first. */
  readonly targets: () => readonly string[];
  readonly connections: () => number;
  readonly close: () => Promise<void>;
};

/** A SOCKS5 proxy (RFC 1928) on loopback that tunnels to loopback. */
export async function openSocks5Proxy(script: Socks5Script = {}): Promise<Socks5Proxy> {
  const { method = 0, reply = 0 } = script;
  const targets: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const onConnect = (socket: Socket, request: Buffer): void => {
    const { host, port } = targetOf(request);
    targets.push(`${host}:${port}`);
    const answer = Buffer.from([5, reply, 0, 1, 127, 0, 0, 1, 0, 0]);
    if (reply !== 0) {
      socket.end(answer);
      return;
    }
    const onwards = net.connect(port, host);
    onwards.on('error', () => socket.destroy());
    onwards.once('connect', () => {
      socket.write(answer);
      socket.pipe(onwards).pipe(socket);
    });
  };
  const server = net.createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    if (script.onConnection !== undefined) return script.onConnection(socket);
    socket.once('data', () => {
      socket.write(Buffer.from([5, method]));
      socket.once('data', (request: Buffer) => onConnect(socket, request));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP port');
  return {
    port: address.port,
    targets: () => [...targets],
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function targetOf(request: Buffer): { readonly host: string; readonly port: number } {
  const port = request.readUInt16BE(request.length - 2);
  if (request[3] === 3) return { host: request.subarray(5, -2).toString('latin1'), port };
  return { host: [...request.subarray(4, -2)].join('.'), port };
}
