import { app } from 'electron/main';
import { findDeepLinks } from './deep-link-args.ts';

/** Hands over what has come so far, and from then on what comes. */
export type DeepLinks = (listener: (links: readonly string[]) => void) => void;

/**
 * The links that the system opens with Deskbell: among the arguments of a start, and on macOS by an event that may come
 * before Electron is ready. What came before anybody listens is kept.
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
