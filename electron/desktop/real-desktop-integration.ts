import { app } from 'electron/main';
import type { Language } from '../../shared/i18n/languages.ts';
import { LINK_SCHEME } from '../prefill/deep-link-args.ts';
import { readClipboard } from '../window/show-window.ts';
import { openAutostart } from '../os/autostart.ts';
import { openLinkHandler } from '../os/protocol-client.ts';
import { startCommand } from '../os/launch-info.ts';
import { openOutside, type Outside, type OutsideParts } from './desktop-integration.ts';
import { loadWords } from '../i18n/translations.ts';

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
