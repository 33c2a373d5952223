/**
 * `keep`: Deskbell goes on without its window. `quit`: waiting invitations are sent after the next start. `cancel`:
 * the window stays.
 */
export type ClosingAnswer = 'keep' | 'quit' | 'cancel';

/** What closing would lose or delay. */
export type AtStake = {
  /** Saved invitations that wait to be sent. */
  readonly waiting: number;
  /** Whether the form holds unsaved input, which exists only in memory. */
  readonly isFormFilled: boolean;
};

export type CloseConfirmationParts = {
  /** Whether only a manager may close this window: a kiosk with a PIN. */
  readonly isGuarded: () => boolean;
  /** Lets the page ask for the PIN. Calls `leave` where none is needed. */
  readonly askManager: (leave: () => void) => void;
  readonly atStake: () => AtStake;
  /** Asks the user; resolves at the latest when `signal` is aborted. */
  readonly ask: (stake: AtStake, signal: AbortSignal) => Promise<ClosingAnswer>;
  /** Hides the window where the user can find it again. */
  readonly hideWindow: () => void;
  readonly quit: () => void;
  readonly reportBug: (error: unknown) => void;
};

export type CloseConfirmation = {
  /** Handles closing the window. Asks first while invitations wait or the form is filled in. */
  readonly close: (event: { readonly preventDefault: () => void }) => void;
  /** Closes the window after the right PIN. */
  readonly leave: () => void;
  /** Handles "Quit" in a menu: waiting invitations are on disk, so it asks only about the form. */
  readonly quit: () => void;
  /**
   * Withdraws an open question because the PC may be ending and Windows would wait for it. Later questions are
   * possible.
   */
  readonly takeBack: () => void;
  /** Withdraws an open question and asks no more: Deskbell or the PC is ending. */
  readonly end: () => void;
};

/** Decides what closing the window does. Never blocks quitting: a question that fails counts as quitting. */
export function createCloseConfirmation(parts: CloseConfirmationParts): CloseConfirmation {
  const ending = new AbortController();
  let isAsking = false;
  let takenBack = new AbortController();

  const ask = async (stake: AtStake): Promise<void> => {
    isAsking = true;
    takenBack = new AbortController();
    const signal = AbortSignal.any([ending.signal, takenBack.signal]);
    const answer = await parts.ask(stake, signal).catch((error: unknown) => {
      parts.reportBug(error);
      return 'quit' as const;
    });
    isAsking = false;
    if (signal.aborted) return;
    switch (answer) {
      case 'keep':
        return parts.hideWindow();
      case 'quit':
        return parts.quit();
      case 'cancel':
        return;
      default:
        return answer satisfies never;
    }
  };

  const leave = (): void => {
    const stake = parts.atStake();
    if (!isAnythingAtStake(stake)) parts.quit();
    else if (!isAsking) void ask(stake);
  };

  return {
    close: (event) => {
      if (ending.signal.aborted) return;
      if (parts.isGuarded()) {
        event.preventDefault();
        return parts.askManager(leave);
      }
      const stake = parts.atStake();
      if (!isAnythingAtStake(stake) && !isAsking) return;
      event.preventDefault();
      if (!isAsking) void ask(stake);
    },
    leave,
    quit: () => {
      const stake = parts.atStake();
      if (!stake.isFormFilled) parts.quit();
      else if (!isAsking) void ask(stake);
    },
    takeBack: () => takenBack.abort(),
    end: () => ending.abort(),
  };
}

function isAnythingAtStake({ waiting, isFormFilled }: AtStake): boolean {
  return waiting > 0 || isFormFilled;
}

export type SessionEnd = {
  /** Windows asks whether the session may end; it goes on when another program refuses. */
  readonly asked: () => void;
  /** The session ends; from now on the process may end at any moment. */
  readonly ends: () => void;
};

/**
 * Handles the end of a Windows session. Windows tells only the window, and quits no program: nothing more is sent, the
 * request in flight may end, and the close confirmation is withdrawn. If the process ends first, the invitation counts
 * as not confirmed at the next start.
 */
export function createSessionEnd(parts: {
  readonly closing: Pick<CloseConfirmation, 'takeBack' | 'end'>;
  /** Starts no more requests; resolves when those in flight have ended and are recorded. */
  readonly closeApp: () => Promise<void>;
  readonly reportBug: (error: unknown) => void;
}): SessionEnd {
  let isEnding = false;
  return {
    asked: parts.closing.takeBack,
    ends: () => {
      parts.closing.end();
      if (isEnding) return;
      isEnding = true;
      parts.closeApp().catch(parts.reportBug);
    },
  };
}
