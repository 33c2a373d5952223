// undici types its whole only. These files are not documented either: an update that moves them fails every test of this
// folder, and the build.
declare module 'undici/lib/dispatcher/client.js' {
  export { Client as default } from 'undici';
}
declare module 'undici/lib/core/connect.js' {
  export { buildConnector as default } from 'undici';
}
