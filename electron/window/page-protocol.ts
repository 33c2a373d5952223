import { extname, join, relative, isAbsolute, sep } from 'node:path';
import { protocol, type Session } from 'electron/main';
import type { Language } from '../../shared/i18n/languages.ts';

/** The only origin that is ever shown. */
const PAGE_ORIGIN = 'app://ui';
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

// SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#7-define-a-content-security-policy
/** Only the page's own files, no connection to anywhere, nothing inline, nothing evaluated. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  // No print dialog, download, alert or window opened by the page itself.
  'sandbox allow-scripts allow-same-origin allow-forms',
].join('; ');

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** net::ERR_FILE_NOT_FOUND (https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h). */
const NOT_FOUND = -6;

/**
 * Registers the scheme; must run before Electron is ready. Standard gives the page an origin; secure makes it a
 * trusted one.
 */
export function registerPageScheme(): void {
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#18-avoid-usage-of-the-file-protocol-and-prefer-usage-of-custom-protocols
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the built page from `folder` to this session, in the current language, and nothing else. */
export function servePage(session: Session, folder: string, language: () => Language): void {
  // The newer `protocol.handle` answers with Node's own `Response`, and loads Node's whole HTTP client for that before
  // the first paint (docs/decisions/0021-the-field-comes-first.md).
  // oxlint-disable-next-line typescript/no-deprecated -- see above
  session.protocol.registerFileProtocol('app', (request, answer) => {
    const path = pageFile(folder, request, language);
    // Files outside the folder are reported as not found; the page never requests them.
    answer(path === undefined ? { error: NOT_FOUND } : { path, headers: headersFor(path) });
  });
  // SECURITY: the page needs no network at all; this holds even if the policy above has a gap.
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !isPageUrl(details.url) && !details.url.startsWith('devtools://') });
  });
  // SECURITY: neither the policy nor the filter above covers WebRTC. Its TCP uses the session's proxy, and this one
  // does not exist; its UDP is blocked in main-window.ts. Partoo is reached another way (electron/partoo).
  void session.setProxy({
    mode: 'fixed_servers',
    proxyRules: 'http://127.0.0.1:9',
    proxyBypassRules: '<-loopback>',
  });
  // SECURITY: a download opens a system dialog, one per click of a page; exports go through dialogs.ts.
  session.on('will-download', (event) => event.preventDefault());
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#5-handle-session-permission-requests-from-remote-content
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** Whether an address belongs to the page's own origin. */
export function isPageUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol: scheme, host } = new URL(url);
  return `${scheme}//${host}` === PAGE_ORIGIN;
}

/** Whether an IPC message comes from the top frame of the page. False for a frame that is gone or has navigated. */
export function isFromPage(event: {
  readonly senderFrame: { readonly origin: string; readonly url: string } | null;
  readonly sender: { readonly mainFrame: unknown };
}): boolean {
  // SECURITY: https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages
  return (
    event.senderFrame !== null &&
    event.senderFrame === event.sender.mainFrame &&
    isPageUrl(event.senderFrame.url)
  );
}

/** Returns the file that a request means; undefined for paths outside the folder, another host or another method. */
function pageFile(
  folder: string,
  request: { readonly url: string; readonly method: string },
  language: () => Language,
): string | undefined {
  if (request.method !== 'GET' || !isPageUrl(request.url)) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(new URL(request.url).pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0') || path.includes('\\')) return undefined;
  const file = join(folder, path);
  const inside = relative(folder, file);
  if (inside === '' || inside.startsWith(`..${sep}`) || inside === '..' || isAbsolute(inside))
    return undefined;
  return inside === 'index.html' ? join(folder, `${language()}.html`) : file;
}

function headersFor(file: string): Record<string, string> {
  return {
    'content-type': MEDIA_TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-dns-prefetch-control': 'off',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}
