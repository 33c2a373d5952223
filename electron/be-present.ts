import { app, powerMonitor, type BrowserWindow } from 'electron/main';
import type { Language } from '../shared/languages.ts';
import type { App } from './app.ts';
import { createClosing } from './closing.ts';
import { openDesktop } from './desktop.ts';
import type { Log } from './log.ts';
import { setMenu } from './menu.ts';
import { systemClock } from './os/clock.ts';
import { createPresence, type Presence } from './presence.ts';
import { loadWords } from './words.ts';

export type PresentParts = {
  readonly window: BrowserWindow;
  readonly desk: App;
  /** The folder of the built application. */
  readonly folder: string;
  readonly language: Language;
  readonly log: Log;
};

/** What must be told to everything outside the window. */
export type Present = Pick<Presence, 'changed'> & { readonly speak: (language: Language) => void };

/** The tray, the badge and the calls; and the question when the window is closed while invitations wait. */
export async function bePresent(parts: PresentParts): Promise<Present> {
  const { window, desk, folder, log } = parts;
  const words = await loadWords(parts.language, app.getSystemLocale());
  setMenu(process.platform, words.t);
  const desktop = openDesktop({
    window,
    platform: process.platform,
    folder,
    t: words.t,
    onFlush: () => void flushNow(desk, log),
    onQuit: () => app.quit(),
    onNoTray: log.reportBug,
  });
  const presence = createPresence({
    ...desktop,
    clock: systemClock,
    glance: desk.glance,
    isWatched: () => !window.isDestroyed() && window.isFocused(),
  });
  const closing = createClosing({
    ...desktop,
    ask: desktop.askHowToClose,
    countWaiting: () => desk.glance()?.waiting ?? 0,
    quit: () => app.quit(),
    reportBug: log.reportBug,
  });
  window.on('focus', presence.seen);
  window.on('close', closing.close);
  window.on('session-end', closing.end);
  powerMonitor.on('shutdown', closing.end);
  app.on('before-quit', () => {
    closing.end();
    presence.stop();
  });
  void desk.desk().then(presence.changed);
  return {
    changed: presence.changed,
    speak: (language) => {
      void words.speak(language).then(() => {
        setMenu(process.platform, words.t);
        desktop.redraw();
      });
    },
  };
}

/** Try all now, from outside the window. */
async function flushNow(desk: App, log: Log): Promise<void> {
  try {
    (await desk.desk())?.flushNow();
  } catch (error) {
    // Storage trouble is said by the banner, to which the next flush leads.
    if (desk.asFailure(error) === undefined) log.reportBug(error);
  }
}
