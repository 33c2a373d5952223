/** What was typed before the form itself was there. */
export type EarlyInput = { readonly text: string; readonly isEnterPressed: boolean };

/**
 * The phone field is in index.html itself, so that the very first key counts. This listens to it until `take`, which
 * must be followed by drawing the form in the same turn, or a key would fall in between.
 */
export function captureEarlyInput(document: Document): { readonly take: () => EarlyInput } {
  const field = document.querySelector<HTMLInputElement>('#first-keys');
  let isEnterPressed = false;
  field?.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') isEnterPressed = true;
  });
  return { take: () => ({ text: field?.value ?? '', isEnterPressed }) };
}
