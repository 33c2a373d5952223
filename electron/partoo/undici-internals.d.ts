// undici has types only for its whole. These files are not documented either: an update that moves them fails every
// test of this folder, and the build.
declare module 'undici/lib/dispatcher/client.js' {
  export { Client as default } from 'undici';
}
declare module 'undici/lib/core/connect.js' {
  export { buildConnector as default } from 'undici';
}
declare module 'undici/lib/core/socks5-client.js' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  export class Socks5Client extends EventEmitter {
    constructor(socket: Socket);
    handshake(): void;
    connect(address: string, port: number): void;
  }
}
