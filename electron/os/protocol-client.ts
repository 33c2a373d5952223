import type { App } from 'electron/main';

export type ProtocolClientParts = {
  readonly scheme: string;
  readonly platform: NodeJS.Platform;
  /** What starts this very Deskbell: the program and its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly app: Pick<
    App,
    'isDefaultProtocolClient' | 'setAsDefaultProtocolClient' | 'removeAsDefaultProtocolClient'
  >;
};

export type ProtocolClient = {
  /** Has the system bring links of the scheme to Deskbell, or no longer. */
  readonly set: (wish: 'on' | 'off') => void;
};

/** Who opens the links of a scheme, as far as a system lets a program say so: Windows and Linux do, for this user. */
export function openProtocolClient({
  scheme,
  platform,
  command,
  app,
}: ProtocolClientParts): ProtocolClient {
  const [program, ...given] = command;
  // SECURITY: what stands behind "--" is no switch, whatever the link says (CVE-2018-1000006). The arguments are handed on
  // as they are: Electron quotes each, and one that is quoted here would be another one (os/autostart.ts).
  const args = [...given, '--'];
  return {
    set: (wish) => {
      if (wish === 'on') app.setAsDefaultProtocolClient(scheme, program, args);
      // Linux cannot take it back, and asking would cost every start a program of its own.
      else if (platform !== 'linux' && app.isDefaultProtocolClient(scheme, program, args)) {
        app.removeAsDefaultProtocolClient(scheme, program, args);
      }
    },
  };
}
