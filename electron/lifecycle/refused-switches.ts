/** Environment variables that add trusted certificates: on Linux, Node reads the system's from the first two. */
const TRUST_VARIABLES = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS'] as const;

/** Removes variables that would add certificates to those of the system: IT names its own in `caFile`. */
export function removeCertificateVariables(environment: NodeJS.ProcessEnv): void {
  for (const name of TRUST_VARIABLES) Reflect.deleteProperty(environment, name);
}

/**
 * Switches of Chromium and Node that open Deskbell to another program, redirect its traffic, or remove a protection. A
 * star matches any ending.
 */
const REFUSED = [
  // Remote control.
  'remote-debugging-*',
  'remote-allow-origins',
  'inspect*',
  'debug*',
  'js-flags',
  'load-extension',
  'disable-extensions-except',
  'allow-file-access-from-files',
  // Replacing a part of it by another program.
  '*-launcher',
  '*-cmd-prefix',
  'browser-subprocess-path',
  'single-process',
  // Redirected traffic. Proxies are set in the operating system.
  'proxy-*',
  'no-proxy-server',
  'host-rules',
  'host-resolver-rules',
  'ignore-certificate-errors*',
  'auth-*',
  'log-net-log',
  'ssl-key-log-file',
  // Removed protections.
  'disable-web-security',
  'disable-site-isolation*',
  'allow-running-insecure-content',
  'unsafely-treat-insecure-origin-as-secure',
  'enable-blink-features',
  'disable-sandbox',
  'disable-*-sandbox',
] as const;

const PATTERNS = REFUSED.map((name) => new RegExp(`^${name.replaceAll('*', '.*')}$`));

/**
 * Returns the first argument that the packaged application refuses; undefined when there is none.
 *
 * Electron has fuses against Node's switches and none against Chromium's (https://github.com/electron/fuses/issues/2).
 * This only raises the price for a program that wants to use Deskbell: a program that runs as this user can do what
 * this user can do (docs/security.md).
 */
export function findRefusedSwitch(
  args: readonly string[],
  platform: NodeJS.Platform,
): string | undefined {
  return args.find((arg) => {
    const name = switchName(arg, platform);
    return name !== undefined && PATTERNS.some((pattern) => pattern.test(name));
  });
}

/**
 * On Linux and macOS a second start sends its arguments to the running Deskbell in one message of at most 32 KiB, and
 * Chromium kills a running one that does not accept it (kMaxMessageLength in
 * chrome/browser/process_singleton_posix.cc). Half of that is far more than any start needs.
 */
const ARGUMENTS_MAX_BYTES = 16 * 1024;

/** Whether a start must not even contact a running Deskbell. */
export function areArgumentsTooLong(args: readonly string[]): boolean {
  const bytes = args.reduce((sum, arg) => sum + Buffer.byteLength(arg) + 1, 0);
  return bytes > ARGUMENTS_MAX_BYTES;
}

/** Parses an argument as Chromium does: `--name=value` or `-name`, on Windows `/name` too, in any case. */
function switchName(arg: string, platform: NodeJS.Platform): string | undefined {
  const prefix = platform === 'win32' ? /^(?:--?|\/)/ : /^--?/;
  const text = arg.trim();
  if (!prefix.test(text)) return undefined;
  const [name = ''] = text.replace(prefix, '').split('=');
  return name.toLowerCase();
}
