import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './app.tsx';
import { bridgeOf, createDesk } from './desk.ts';
import type { FirstKeys } from './first-keys.ts';
import { DeskProvider } from './hooks.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { createCatalogue } from './words.ts';

/** Draws the page in place of the first field, which `takeFirstKeys` empties. */
export function start(window: Window, takeFirstKeys: () => FirstKeys): void {
  const place = window.document.getElementById('page');
  if (place === null) throw new Error('index.html has no #page');
  const desk = createDesk(bridgeOf(window), (reference, error) => {
    // The main process writes the page's errors into its log.
    window.reportError(new Error(reference, { cause: error }));
  });
  const catalogue = createCatalogue('en');
  const root = createRoot(place);
  flushSync(() => {
    root.render(
      <StrictMode>
        <I18nextProvider i18n={catalogue}>
          <ErrorBoundary>
            <DeskProvider value={desk}>
              <App firstKeys={takeFirstKeys()} />
            </DeskProvider>
          </ErrorBoundary>
        </I18nextProvider>
      </StrictMode>,
    );
  });
}
