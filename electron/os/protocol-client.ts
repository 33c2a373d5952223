import type { App } from 'electron/main';

export type ProtocolClientParts = {
  readonly scheme: string;
  readonly platform: NodeJS.Platform;
  /** Starts this installation of Deskbell: the program and its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly app: Pick<
    App,
    'isDefaultProtocolClient' | 'setAsDefaultProtocolClient' | 'removeAsDefaultProtocolClient'
  >;
};

export type ProtocolClient = {
  /** Registers Deskbell for the links of the scheme, or unregisters it. */
  readonly set: (wish: 'on' | 'off') => void;
};

/** Manages which program opens the links of a scheme, as far as the system allows: Windows and Linux do, per user. */
export function openProtocolClient({
  scheme,
  platform,
  command,
  app,
}: ProtocolClientParts): ProtocolClient {
  const [program, ...given] = command;
  // SECURITY: nothing after "--" is parsed as a switch, whatever the link contains (CVE-2018-1000006). The arguments
  // are passed unquoted: Electron quotes each one itself (os/autostart.ts).
  const args = [...given, '--'];
  return {
    set: (wish) => {
      if (wish === 'on') app.setAsDefaultProtocolClient(scheme, program, args);
      // Linux cannot unregister, and asking would start another program at every start.
      else if (platform !== 'linux' && app.isDefaultProtocolClient(scheme, program, args)) {
        app.removeAsDefaultProtocolClient(scheme, program, args);
      }
    },
  };
}
