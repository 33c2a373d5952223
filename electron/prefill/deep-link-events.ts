import { app } from 'electron/main';
import { linksIn } from './deep-link-args.ts';

/** Hands over what has come so far, and from then on what comes. */
export type Links = (listener: (links: readonly string[]) => void) => void;

/**
 * The links that the system opens with Deskbell: among the arguments of a start, and on macOS by an event that may come
 * before Electron is ready. What came before anybody listens is kept.
 */
export function listenToLinks(): Links {
  const early: string[] = [...linksIn(process.argv)];
  let tell = (links: readonly string[]): void => void early.push(...links);
  app.on('second-instance', (_event, args) => tell(linksIn(args)));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    tell([link]);
  });
  return (listener) => {
    listener(early);
    tell = listener;
  };
}
