import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Language } from '../shared/i18n/languages.ts';
import { App } from './app.tsx';
import { bridgeOf, createDesk } from './desk.ts';
import type { FirstKeys } from './first-keys.ts';
import { DeskProvider } from './hooks.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { ignoreSecondPresses } from './shell/second-press.ts';
import { Speaking } from './speaking.tsx';
import { createWords } from './words.ts';

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
