import { app, clipboard } from 'electron/main';
import type { Language } from '../../shared/i18n/languages.ts';
import { LINK_SCHEME } from '../prefill/deep-link-args.ts';
import { openAutostart } from '../os/autostart.ts';
import { openProtocolClient } from '../os/protocol-client.ts';
import { relaunchCommand } from '../os/launch-info.ts';
import {
  openDesktopIntegration,
  type DesktopIntegration,
  type DesktopIntegrationParts,
} from './desktop-integration.ts';
import { loadTranslations } from '../i18n/translations.ts';

type Given = Pick<
  DesktopIntegrationParts,
  'window' | 'kiosk' | 'zoom' | 'deskbell' | 'folder' | 'log' | 'prefills' | 'emit'
> & { readonly language: Language };

/** Opens the desktop integration on this PC, in its language. */
export async function openRealDesktopIntegration(given: Given): Promise<DesktopIntegration> {
  const { platform, env } = process;
  const command = relaunchCommand();
  return openDesktopIntegration({
    ...given,
    platform,
    translations: await loadTranslations(given.language, app.getSystemLocale()),
    autostart: openAutostart({ platform, command, app, env, homeFolder: app.getPath('home') }),
    // A development build must not take the links from the installed one.
    linkHandler: app.isPackaged
      ? openProtocolClient({ scheme: LINK_SCHEME, platform, command, app })
      : { set: () => {} },
    readClipboard: async () => clipboard.readText(),
  });
}
