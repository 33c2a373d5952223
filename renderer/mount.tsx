import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Language } from '../shared/i18n/languages.ts';
import { App } from './app.tsx';
import { bridgeOf, createIpcClient } from './ipc/client.ts';
import type { EarlyInput } from './input-before-react.ts';
import { IpcProvider } from './ipc/use-ipc.ts';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { ignoreDoubleClicks } from './shell/ignore-double-clicks.ts';
import { LanguageProvider } from './i18n/language-provider.tsx';
import { createTranslations } from './i18n/translations.ts';

export type MountParts = {
  readonly window: Window;
  /** Takes the early input out of the first field. */
  readonly takeFirstKeys: () => EarlyInput;
  readonly language: Language;
  readonly texts: object;
};

/** Draws the page in place of the first field. */
export function mountApp({ window, takeFirstKeys, language, texts }: MountParts): void {
  const place = window.document.getElementById('page');
  if (place === null) throw new Error('index.html has no #page');
  const ipc = createIpcClient(bridgeOf(window), (reference, error) => {
    // The main process writes the page's errors to the event log.
    window.reportError(new Error(reference, { cause: error }));
  });
  ignoreDoubleClicks(window);
  const translations = createTranslations(language, texts, window.navigator.language);
  const root = createRoot(place);
  flushSync(() => {
    root.render(
      <StrictMode>
        <LanguageProvider first={translations}>
          <ErrorBoundary>
            <IpcProvider value={ipc}>
              <App firstKeys={takeFirstKeys()} />
            </IpcProvider>
          </ErrorBoundary>
        </LanguageProvider>
      </StrictMode>,
    );
  });
}
