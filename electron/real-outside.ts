import { app } from 'electron/main';
import type { Language } from '../shared/i18n/languages.ts';
import { LINK_SCHEME } from './link-arguments.ts';
import { readClipboard } from './desktop.ts';
import { openAutostart } from './os/autostart.ts';
import { openLinkHandler } from './os/link-handler.ts';
import { startCommand } from './os/start.ts';
import { openOutside, type Outside, type OutsideParts } from './outside.ts';
import { loadWords } from './words.ts';

type Given = Pick<
  OutsideParts,
  'window' | 'kiosk' | 'zoom' | 'desk' | 'folder' | 'log' | 'handovers' | 'emit'
> & { readonly language: Language };

/** Everything outside the page, on this PC and in its language. */
export async function openRealOutside(given: Given): Promise<Outside> {
  const { platform, env } = process;
  const command = startCommand();
  return openOutside({
    ...given,
    platform,
    words: await loadWords(given.language, app.getSystemLocale()),
    autostart: openAutostart({ platform, command, app, env, homeFolder: app.getPath('home') }),
    // A build under a developer's hands must not take links from the one that is installed.
    linkHandler: app.isPackaged
      ? openLinkHandler({ scheme: LINK_SCHEME, platform, command, app })
      : { set: () => {} },
    readClipboard,
  });
}
