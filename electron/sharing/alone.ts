import type { OtherDesks } from './other-desks.ts';

/** A desk that shares nothing. */
export const ALONE: OtherDesks = {
  status: () => ({ kind: 'alone' }),
  listOpen: async () => ({ kind: 'unavailable' }),
  takeOver: async () => ({ kind: 'refused', why: 'unavailable' }),
  readReport: async () => undefined,
  readErasures: async () => [],
  renameDesk: async () => 'unavailable',
  removeDesk: async () => 'unavailable',
};
