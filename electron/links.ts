import { app } from 'electron/main';
import { linksIn } from './deep-link.ts';

/**
 * The links that the system opens with Deskbell: among the arguments of a start, and on macOS by an event that may come
 * before Electron is ready. What came before anybody listens is kept.
 */
export function listenToLinks(): (listener: (links: readonly string[]) => void) => void {
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
