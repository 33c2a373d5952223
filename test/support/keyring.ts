import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** Blocks the Secret Service of this session: every request waits until it is released or the test ends. */
export function holdKeyring(): { readonly letGo: () => void } {
  const pid = pidOf('org.freedesktop.secrets');
  const letGo = (): void => void process.kill(pid, 'SIGCONT');
  onTestFinished(letGo);
  process.kill(pid, 'SIGSTOP');
  return { letGo };
}

function pidOf(service: string): number {
  const reply = execFileSync(
    'dbus-send',
    [
      '--session',
      '--print-reply=literal',
      '--dest=org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus.GetConnectionUnixProcessID',
      `string:${service}`,
    ],
    { encoding: 'utf8' },
  );
  const pid = /uint32 (\d+)/.exec(reply)?.[1];
  if (pid === undefined) throw new Error(`no process provides ${service}`);
  return Number(pid);
}

/** Locks the keyring of a session; no person can be asked to unlock it. */
export function lockKeyring(session: NodeJS.ProcessEnv): void {
  callSecrets(session, 'Lock', `array:objpath:${SECRETS}/aliases/default`);
}

function callSecrets(
  session: NodeJS.ProcessEnv,
  method: string,
  ...values: readonly string[]
): void {
  const name = `org.freedesktop.Secret.Service.${method}`;
  const call = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', SECRETS, name];
  execFileSync('dbus-send', [...call, ...values], { env: session, encoding: 'utf8' });
}

const SECRETS = '/org/freedesktop/secrets';
