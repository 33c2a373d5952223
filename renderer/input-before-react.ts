/** Input typed before the form was drawn. */
export type EarlyInput = { readonly text: string; readonly isEnterPressed: boolean };

/**
 * Captures early input: the phone field is in index.html itself, so that the first key counts. Listens until `take`;
 * draw the form in the same turn, or a key between them is lost.
 */
export function captureEarlyInput(document: Document): { readonly take: () => EarlyInput } {
  const field = document.querySelector<HTMLInputElement>('#first-keys');
  let isEnterPressed = false;
  field?.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') isEnterPressed = true;
  });
  return { take: () => ({ text: field?.value ?? '', isEnterPressed }) };
}
