import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import type { DraftPeriod } from './sending/hours.ts';

/** Unsaved input in Settings. Not PINs and keys: they are dropped with the screen. */
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

/** The sending hours during editing; null while unchanged. */
export function useHoursDraft(): Draft<readonly DraftPeriod[]> {
  const [{ hours }, change] = useDrafts();
  return [hours, (next) => change((drafts) => ({ ...drafts, hours: next }))];
}

/** The unsaved text of the field with this name; null without one. */
export function useTextDraft(field: string): Draft<string> {
  const [{ texts }, change] = useDrafts();
  const setDraft = (text: string | null): void =>
    change((drafts) => {
      const others = [...drafts.texts].filter(([name]) => name !== field);
      return { ...drafts, texts: new Map(text === null ? others : [...others, [field, text]]) };
    });
  return [texts.get(field) ?? null, setDraft];
}
