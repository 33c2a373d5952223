import { MINUTE_MS, SECOND_MS, type Clock } from '../../shared/time.ts';

type Parts = {
  readonly clock: Pick<Clock, 'after'>;
  readonly store: {
    readonly hasUnfolded: () => boolean;
    readonly foldSome: () => 'done' | 'more';
  };
  /** Called for storage trouble or a bug; the next start continues. */
  readonly onTrouble: (error: unknown) => void;
};

/** Delay before the first step: opening a session has more urgent work. */
const FIRST_MS = MINUTE_MS / 2;
/** Pause between two steps that frees the event loop; a million invitations take some minutes. */
const PAUSE_MS = SECOND_MS / 10;

/** Adds the names of older invitations to the search index in small steps. Returns a function that stops it. */
export function indexOlderNames({ clock, store, onTrouble }: Parts): () => void {
  let cancel = () => {};
  const step = (): void => {
    try {
      if (store.foldSome() === 'more') cancel = clock.after(PAUSE_MS, step);
    } catch (error) {
      onTrouble(error);
    }
  };
  if (store.hasUnfolded()) cancel = clock.after(FIRST_MS, step);
  return () => cancel();
}
