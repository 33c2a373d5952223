import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import type { DraftPeriod } from './sending/hours.ts';

/** What is typed in Settings and not saved yet. PINs and keys are not among it: they go with the screen. */
type Drafts = {
  readonly hours: readonly DraftPeriod[] | null;
  readonly texts: ReadonlyMap<string, string>;
};

type DraftsState = readonly [Drafts, (change: (drafts: Drafts) => Drafts) => void];

const NOTHING: Drafts = { hours: null, texts: new Map() };
const DraftsContext = createContext<DraftsState | null>(null);

/** Keeps the drafts of Settings while another tab is shown. */
export function DraftsProvider({ children }: { readonly children: ReactNode }) {
  const [drafts, change] = useState(NOTHING);
  const state = useMemo((): DraftsState => [drafts, change], [drafts]);
  return <DraftsContext value={state}>{children}</DraftsContext>;
}

function useDrafts(): DraftsState {
  const drafts = use(DraftsContext);
  if (drafts === null) throw new Error('useDrafts outside of DraftsProvider');
  return drafts;
}

type Draft<T> = readonly [draft: T | null, setDraft: (draft: T | null) => void];

/** The sending hours as they are being edited; null while they are as they were saved. */
export function useHoursDraft(): Draft<readonly DraftPeriod[]> {
  const [{ hours }, change] = useDrafts();
  return [hours, (next) => change((drafts) => ({ ...drafts, hours: next }))];
}

/** What is typed in the field of this name; null while nothing is. */
export function useTextDraft(field: string): Draft<string> {
  const [{ texts }, change] = useDrafts();
  const setDraft = (text: string | null): void =>
    change((drafts) => {
      const others = [...drafts.texts].filter(([name]) => name !== field);
      return { ...drafts, texts: new Map(text === null ? others : [...others, [field, text]]) };
    });
  return [texts.get(field) ?? null, setDraft];
}
