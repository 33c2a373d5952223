/** `keep`: Deskbell goes on without its window. `quit`: what waits leaves at the next start. `cancel`: it was a slip. */
export type ClosingAnswer = 'keep' | 'quit' | 'cancel';

/** What would be left behind. */
export type AtStake = {
  /** Invitations that are on disk and wait. */
  readonly waiting: number;
  /** Whether something is typed in the form: it is nowhere but in the memory of this run. */
  readonly isFormFilled: boolean;
};

export type CloseConfirmationParts = {
  /** Whether only a manager closes this window: a kiosk with a PIN. */
  readonly isGuarded: () => boolean;
  /** Has the page ask for the PIN. */
  readonly askManager: () => void;
  readonly atStake: () => AtStake;
  /** Asks a person; resolves when `signal` is aborted, if not before. */
  readonly ask: (stake: AtStake, signal: AbortSignal) => Promise<ClosingAnswer>;
  /** Takes the window out of the way, so that a person can find it again. */
  readonly putAside: () => void;
  readonly quit: () => void;
  readonly reportBug: (error: unknown) => void;
};

export type CloseConfirmation = {
  /** Somebody closes the window. While invitations wait or the form is filled in they are told so and choose. */
  readonly close: (event: { readonly preventDefault: () => void }) => void;
  /** A manager has typed the PIN: the window closes like any other one. */
  readonly leave: () => void;
  /** Somebody quits Deskbell in a menu: what waits is on disk, and only what is typed in the form is asked about. */
  readonly quit: () => void;
  /** The PC may be ending: an open question is taken back, because Windows would wait for it. Another one may follow. */
  readonly takeBack: () => void;
  /** Deskbell or the PC is ending: nobody is asked any more, and an open question is taken back. */
  readonly end: () => void;
};

/** What closing the window means. Nobody is kept from quitting: a question that fails counts as quitting. */
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
      const stake = parts.atStake();
      if (!isAnythingAtStake(stake) && !isAsking) return;
      event.preventDefault();
      if (!isAsking) void ask(stake);
    },
    leave: () => {
      const stake = parts.atStake();
      if (!isAnythingAtStake(stake)) parts.quit();
      else if (!isAsking) void ask(stake);
    },
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
  /** Windows asks whether the session may end; it may go on, when another program says no. */
  readonly asked: () => void;
  /** The session ends, and the process with it, at any moment from now on. */
  readonly ends: () => void;
};

/**
 * What the end of a session means. Windows tells nobody but the window, and quits no program: nothing more is sent, the
 * request that is in flight may end, and the question at closing is taken back. Where the process ends first, the
 * invitation counts as not confirmed at the next start.
 */
export function createSessionEnd(parts: {
  readonly closing: Pick<CloseConfirmation, 'takeBack' | 'end'>;
  /** Starts nothing more; resolves when what is in flight has ended and is written down. */
  readonly closeDesk: () => Promise<void>;
  readonly reportBug: (error: unknown) => void;
}): SessionEnd {
  let isEnding = false;
  return {
    asked: parts.closing.takeBack,
    ends: () => {
      parts.closing.end();
      if (isEnding) return;
      isEnding = true;
      parts.closeDesk().catch(parts.reportBug);
    },
  };
}
