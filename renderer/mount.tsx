import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Language } from '../shared/i18n/languages.ts';
import { App } from './app.tsx';
import { bridgeOf, createDesk } from './ipc/client.ts';
import type { FirstKeys } from './early-input.ts';
import { DeskProvider } from './ipc/use-ipc.ts';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { ignoreSecondPresses } from './shell/ignore-double-clicks.ts';
import { Speaking } from './i18n/language-provider.tsx';
import { createWords } from './i18n/translations.ts';

export type StartParts = {
  readonly window: Window;
  /** Empties the first field. */
  readonly takeFirstKeys: () => FirstKeys;
  readonly language: Language;
  readonly texts: object;
};

/** Draws the page in place of the first field. */
export function start({ window, takeFirstKeys, language, texts }: StartParts): void {
  const place = window.document.getElementById('page');
  if (place === null) throw new Error('index.html has no #page');
  const desk = createDesk(bridgeOf(window), (reference, error) => {
    // The main process writes the page's errors into its log.
    window.reportError(new Error(reference, { cause: error }));
  });
  ignoreSecondPresses(window);
  const words = createWords(language, texts, window.navigator.language);
  const root = createRoot(place);
  flushSync(() => {
    root.render(
      <StrictMode>
        <Speaking first={words}>
          <ErrorBoundary>
            <DeskProvider value={desk}>
              <App firstKeys={takeFirstKeys()} />
            </DeskProvider>
          </ErrorBoundary>
        </Speaking>
      </StrictMode>,
    );
  });
}
