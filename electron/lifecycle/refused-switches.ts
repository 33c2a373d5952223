/** What of the environment says whom to trust: Node takes certificates of the system from the first two on Linux. */
const TRUST_VARIABLES = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS'] as const;

/** Takes out of an environment what would add certificates to those of the system: IT names its own in `caFile`. */
export function removeCertificateVariables(environment: NodeJS.ProcessEnv): void {
  for (const name of TRUST_VARIABLES) Reflect.deleteProperty(environment, name);
}

/**
 * Switches of Chromium and Node that open Deskbell to another program, point its traffic elsewhere, or take a wall
 * down. A star stands for any ending.
 */
const REFUSED = [
  // Somebody else at the controls.
  'remote-debugging-*',
  'remote-allow-origins',
  'inspect*',
  'debug*',
  'js-flags',
  'load-extension',
  'disable-extensions-except',
  'allow-file-access-from-files',
  // Another program in place of a part of it.
  '*-launcher',
  '*-cmd-prefix',
  'browser-subprocess-path',
  'single-process',
  // Traffic elsewhere. Proxies are the operating system's business.
  'proxy-*',
  'no-proxy-server',
  'host-rules',
  'host-resolver-rules',
  'ignore-certificate-errors*',
  'auth-*',
  'log-net-log',
  'ssl-key-log-file',
  // Walls.
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
 * The first argument that the packaged application does not start with; undefined when there is none.
 *
 * Electron has fuses against Node's switches and none against Chromium's
 * (https://github.com/electron/fuses/issues/2). This raises the price for a program that wants to use Deskbell, no more:
 * whoever runs as this user can do what this user can do (docs/security.md).
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
 * On Linux and macOS the Deskbell that runs is handed the arguments of a second start in one message of at most 32 KiB,
 * and Chromium kills the one that does not take it (kMaxMessageLength in chrome/browser/process_singleton_posix.cc). Half of
 * it is far more than any start needs.
 */
const ARGUMENTS_MAX_BYTES = 16 * 1024;

/** Whether a start must not even ask for the Deskbell that may run already. */
export function areArgumentsTooLong(args: readonly string[]): boolean {
  const bytes = args.reduce((sum, arg) => sum + Buffer.byteLength(arg) + 1, 0);
  return bytes > ARGUMENTS_MAX_BYTES;
}

/** As Chromium reads an argument: `--name=value` or `-name`, on Windows `/name` too, in any case. */
function switchName(arg: string, platform: NodeJS.Platform): string | undefined {
  const prefix = platform === 'win32' ? /^(?:--?|\/)/ : /^--?/;
  const text = arg.trim();
  if (!prefix.test(text)) return undefined;
  const [name = ''] = text.replace(prefix, '').split('=');
  return name.toLowerCase();
}
