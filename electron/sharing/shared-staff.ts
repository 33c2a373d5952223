import type { SiteDatabase } from '../site/site-database.ts';
import { pullSettings, type PullSettingsParts } from './pull-settings.ts';

/** Why the shared list was not changed; `unavailable`: the site database did not answer, and may have done it. */
export type StaffProblem = 'fixed' | 'too-many' | 'too-many-names' | 'unavailable';

/** The names of staff that all desks of this site share. */
export type SharedStaff = {
  /** Adds and removes names; the first change shares the list. It holds here when this resolves to `done`. */
  readonly change: (
    added: readonly string[],
    removed: readonly string[],
  ) => Promise<'done' | StaffProblem>;
  /** Ends the shared list: each desk uses its own again. */
  readonly end: () => Promise<'done' | StaffProblem>;
};

/** Creates the changes of the shared staff. */
export function createSharedStaff(parts: PullSettingsParts): SharedStaff {
  const { calls } = parts;
  const whenDone = async (
    answer: 'kept' | 'done' | 'absent' | StaffProblem,
  ): Promise<'done' | StaffProblem> => {
    if (answer !== 'kept' && answer !== 'done' && answer !== 'absent') return answer;
    return (await pullSettings(parts)) === 'done' ? 'done' : 'unavailable';
  };
  return {
    change: async (added, removed) => {
      const change = (database: SiteDatabase) => database.changeStaff(added, removed);
      return whenDone((await calls.call(change))?.is ?? 'unavailable');
    },
    end: async () =>
      whenDone((await calls.call((database) => database.endSharedStaff()))?.is ?? 'unavailable'),
  };
}
