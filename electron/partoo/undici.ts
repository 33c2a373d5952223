/**
 * Loads the parts of undici that Deskbell uses, with the first request, so that no start waits for them. The whole
 * would take three times as long, and 4 MB more while Deskbell runs: fetch, WebSocket, caches and mocks.
 */
export const loadUndici = async () => {
  const [{ default: Client }, { default: buildConnector }] = await Promise.all([
    import('undici/lib/dispatcher/client.js'),
    import('undici/lib/core/connect.js'),
  ]);
  return { Client, buildConnector };
};

/** Loads undici's SOCKS5 client: few desks are behind such a proxy. */
export const loadSocks5 = async () => {
  const { Socks5Client } = await import('undici/lib/core/socks5-client.js');
  return { Socks5Client };
};
