import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** The Secret Service of this session is held: whoever asks it anything waits, until it is let go or the test ends. */
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
  if (pid === undefined) throw new Error(`nobody serves ${service}`);
  return Number(pid);
}
