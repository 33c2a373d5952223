import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Simulator } from '../../electron/practice/simulator.ts';

/**
 * Keeps a port of 127.0.0.1 that refuses connections: it has no listener, and the system gives it to no other program.
 * `stopListening` ends the current listener before it returns. Resolves to a function that releases the port, which can
 * be listened on at once afterwards.
 */
export const holdPort = async (port: number, stopListening: () => void): Promise<() => void> => {
  // The system keeps a port that has an open outgoing connection.
  const server = createServer(tolerateReset);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  stopListening();
  const holder = connect({
    host: '127.0.0.1',
    port: portOf(server),
    localAddress: '127.0.0.1',
    localPort: port,
  });
  await Promise.all([accepted, once(holder, 'connect')]);
  tolerateReset(holder);
  server.close();
  return () => holder.resetAndDestroy();
};

/** Releasing the port resets both ends of its connection. */
const tolerateReset = (socket: Socket): void => {
  socket.on('error', () => {});
};

/** The TCP port that a server listens on; throws when it does not listen. */
const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP port');
  return address.port;
};

/** The same simulator, whose port no other program gets while it refuses connections. */
export const keepingItsPort = (simulator: Simulator): Simulator => {
  let giveUp = (): void => {};
  let isRefusing = false;
  return {
    ...simulator,
    refuseConnections: async () => {
      if (isRefusing) return;
      isRefusing = true;
      let refused = Promise.resolve();
      giveUp = await holdPort(Number(simulator.apiUrl.port), () => {
        refused = simulator.refuseConnections();
      });
      await refused;
    },
    acceptConnections: () => {
      isRefusing = false;
      giveUp();
      return simulator.acceptConnections();
    },
    close: () => {
      giveUp();
      return simulator.close();
    },
  };
};
