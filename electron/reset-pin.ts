import type { StoreOpening } from './store/open.ts';

/**
 * `--reset-pin`: takes the manager's PIN away, for a PIN that nobody knows any more, and touches nothing else. Deskbell
 * must not be running on the same data. Resolves to the exit code.
 */
export function resetPin(parts: {
  readonly openStore: () => StoreOpening;
  readonly onRemoved: () => void;
  readonly say: (line: string) => void;
}): 0 | 1 {
  const opening = parts.openStore();
  if (opening.kind === 'cannot-open') {
    parts.say(
      opening.why === 'in-use'
        ? 'The PIN was not removed: quit Deskbell first, also in the tray.'
        : `The PIN was not removed: the data cannot be opened (${opening.why}).`,
    );
    return 1;
  }
  const { store } = opening;
  try {
    const wasSet = store.readPin() !== undefined;
    store.removePin();
    if (wasSet) parts.onRemoved();
    parts.say(wasSet ? 'The PIN is removed.' : 'There was no PIN.');
    return 0;
  } finally {
    store.close();
  }
}
