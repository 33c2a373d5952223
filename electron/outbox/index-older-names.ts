import { MINUTE_MS, SECOND_MS, type Clock } from '../../shared/time.ts';

type Parts = {
  readonly clock: Pick<Clock, 'after'>;
  readonly store: {
    readonly hasUnfolded: () => boolean;
    readonly foldSome: () => 'done' | 'more';
  };
  /** Trouble of the storage or a bug: the next start goes on. */
  readonly onTrouble: (error: unknown) => void;
};

/** The folding waits so long, because the start of a desk has more urgent work. */
const FIRST_MS = MINUTE_MS / 2;
/** The pause between two steps, in which the event loop does other work: a million invitations take some minutes. */
const PAUSE_MS = SECOND_MS / 10;

/** Brings the names of older invitations into the search in small steps. The returned function stops it. */
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
