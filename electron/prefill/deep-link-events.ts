import { app } from 'electron/main';
import { findDeepLinks } from './deep-link-args.ts';

/** Passes the links received so far to the listener, then each later one. */
export type DeepLinks = (listener: (links: readonly string[]) => void) => void;

/**
 * Collects the links that the system opens with Deskbell: from the arguments of a start, and on macOS from an event
 * that may come before Electron is ready. Buffers links until there is a listener.
 */
export function collectDeepLinks(): DeepLinks {
  const early: string[] = [...findDeepLinks(process.argv)];
  let tell = (links: readonly string[]): void => void early.push(...links);
  app.on('second-instance', (_event, args) => tell(findDeepLinks(args)));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    tell([link]);
  });
  return (listener) => {
    listener(early);
    tell = listener;
  };
}
