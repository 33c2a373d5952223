import { cleanName } from '../../shared/customer-name.ts';
import type { AnswerOf } from '../site/answers.ts';
import { pullSettings, type PullSettingsParts } from './pull-settings.ts';

/** Why the shared list was not changed; `unavailable`: the site database did not answer, and may have done it. */
export type StaffProblem = 'fixed' | 'too-many' | 'too-many-names' | 'unavailable';

/** The names of staff that all desks of this site share. */
export type SharedStaff = {
  /** Shares this list, or adds it to the shared one. It holds here when this resolves to `done`, as after each change. */
  readonly begin: (names: readonly string[]) => Promise<'done' | StaffProblem>;
  /** Adds and removes names; `not-shared`: another desk has ended the shared list. */
  readonly change: (
    added: readonly string[],
    removed: readonly string[],
  ) => Promise<'done' | 'not-shared' | StaffProblem>;
  /** Ends the shared list: each desk uses its own again. */
  readonly end: () => Promise<'done' | StaffProblem>;
};

/** Creates the changes of the shared staff. */
export function createSharedStaff(parts: PullSettingsParts): SharedStaff {
  const { calls } = parts;
  const pull = async (): Promise<'done' | 'unavailable'> =>
    (await pullSettings(parts)) === 'done' ? 'done' : 'unavailable';
  const clean = (names: readonly string[]): readonly string[] =>
    names.map(cleanName).filter((name) => name !== '');
  const change = async (
    added: readonly string[],
    removed: readonly string[],
    begins: boolean,
  ): Promise<AnswerOf<'change_staff'>['is'] | 'unavailable'> => {
    const answer = await calls.call((database) =>
      database.changeStaff(clean(added), removed, begins),
    );
    return answer?.is ?? 'unavailable';
  };
  return {
    begin: async (names) => {
      const changed = await change(names, [], true);
      if (changed === 'kept') return pull();
      return changed === 'not-shared' ? 'unavailable' : changed;
    },
    change: async (added, removed) => {
      const changed = await change(added, removed, false);
      if (changed === 'kept') return pull();
      if (changed !== 'not-shared') return changed;
      return (await pull()) === 'done' ? 'not-shared' : 'unavailable';
    },
    end: async () => {
      const ended = (await calls.call((database) => database.endSharedStaff()))?.is;
      return ended === 'done' || ended === 'absent' ? pull() : (ended ?? 'unavailable');
    },
  };
}
