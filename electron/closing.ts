/** `keep`: Deskbell goes on without its window. `quit`: what waits leaves at the next start. `cancel`: it was a slip. */
export type ClosingAnswer = 'keep' | 'quit' | 'cancel';

export type ClosingParts = {
  /** Whether only a manager closes this window: a kiosk with a PIN. */
  readonly isGuarded: () => boolean;
  /** Has the page ask for the PIN. */
  readonly askManager: () => void;
  readonly countWaiting: () => number;
  /** Asks a person; resolves when `signal` is aborted, if not before. */
  readonly ask: (waiting: number, signal: AbortSignal) => Promise<ClosingAnswer>;
  /** Takes the window out of the way, so that a person can find it again. */
  readonly putAside: () => void;
  readonly quit: () => void;
  readonly reportBug: (error: unknown) => void;
};

export type Closing = {
  /** Somebody closes the window. While invitations wait they are told so and choose. */
  readonly close: (event: { readonly preventDefault: () => void }) => void;
  /** A manager has typed the PIN: the window closes like any other one. */
  readonly leave: () => void;
  /** Deskbell or the PC is ending: nobody is asked any more, and an open question is taken back. */
  readonly end: () => void;
};

/** What closing the window means. Nobody is kept from quitting: a question that fails counts as quitting. */
export function createClosing(parts: ClosingParts): Closing {
  const ending = new AbortController();
  let isAsking = false;

  const ask = async (waiting: number): Promise<void> => {
    isAsking = true;
    const answer = await parts.ask(waiting, ending.signal).catch((error: unknown) => {
      parts.reportBug(error);
      return 'quit' as const;
    });
    isAsking = false;
    if (ending.signal.aborted) return;
    switch (answer) {
      case 'keep':
        return parts.putAside();
      case 'quit':
        return parts.quit();
      case 'cancel':
        return;
      default:
        return answer satisfies never;
    }
  };

  return {
    close: (event) => {
      if (ending.signal.aborted) return;
      if (parts.isGuarded()) {
        event.preventDefault();
        return parts.askManager();
      }
      const waiting = parts.countWaiting();
      if (waiting === 0 && !isAsking) return;
      event.preventDefault();
      if (!isAsking) void ask(waiting);
    },
    leave: () => {
      const waiting = parts.countWaiting();
      if (waiting === 0) parts.quit();
      else if (!isAsking) void ask(waiting);
    },
    end: () => ending.abort(),
  };
}
