/** What tells a PC from others. */
export type Machine = {
  readonly id: string;
  /** As earlier versions of Deskbell would call it now. */
  readonly formerIds: readonly string[];
};
