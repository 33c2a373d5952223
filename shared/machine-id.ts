/** Identifies a PC. Both ids are hashes. */
export type MachineId = {
  readonly id: string;
  /** The ids that earlier versions of Deskbell would give this PC. */
  readonly formerIds: readonly string[];
};
