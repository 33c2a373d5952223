/** Identifies a PC. Both ids are hashes. */
export type MachineId = {
  readonly id: string;
  /** The ids that earlier versions of Deskbell gave this PC. */
  readonly formerIds: readonly string[];
};
