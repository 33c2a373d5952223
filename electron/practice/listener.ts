import type { Server } from 'node:http';

/** A port on loopback that can be closed and reopened. */
export type Listener = {
  /** Listens on `port`, or on a free one for 0, and returns the port. */
  readonly open: (port: number) => Promise<number | 'in-use'>;
  /** Stops listening and drops every connection; does nothing when it does not listen. */
  readonly close: () => Promise<void>;
};

/** Creates the listener of an HTTP server; it does not listen yet. */
export const createListener = (server: Server): Listener => ({
  open: (port) =>
    new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        if ('code' in error && error.code === 'EADDRINUSE') resolve('in-use');
        else reject(error);
      };
      server.once('error', fail);
      // SECURITY: loopback only; no other computer can connect to it.
      server.listen(port, '127.0.0.1', () => {
        server.off('error', fail);
        const address = server.address();
        if (address === null || typeof address === 'string') reject(new Error('not a TCP port'));
        else resolve(address.port);
      });
    }),
  close: () =>
    new Promise((resolve) => {
      // The only possible error is that it was not listening.
      server.close(() => resolve());
      server.closeAllConnections();
    }),
});
