import * as z from 'zod/mini';

const invitationSchema = z.strictObject({
  id: z.string(),
  businessId: z.string(),
  phone: z.string(),
  name: z.string(),
  by: z.string(),
  /** The user who sent it; default: the user of the key. */
  byId: z.optional(z.string()),
  sentAt: z.int(),
  forced: z.boolean(),
});

/** An invitation that the simulator accepted: an SMS that it would have sent. */
export type PracticeInvitation = Readonly<z.infer<typeof invitationSchema>>;

const stateSchema = z.strictObject({ invitations: z.array(invitationSchema) });

/** The whole state of the simulator, oldest first. */
export type PracticeState = { readonly invitations: readonly PracticeInvitation[] };

/** Stores that state between two runs. `load` returns the last saved state, or anything else without one. */
export type PracticeStateFile = {
  readonly load: () => unknown;
  readonly save: (state: PracticeState) => void;
};

/** Parses a saved state; undefined when it is invalid. Practice then starts from the seeds: no real data are lost. */
export const parseState = (value: unknown): PracticeState | undefined => {
  const parsed = stateSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
};

/** More than any training produces; limits the file on a PC that is never restarted. */
const MOST_INVITATIONS = 2_000;

/** Returns the state without all entries about a number. */
export const withoutPhone = (state: PracticeState, phone: string): PracticeState => ({
  invitations: state.invitations.filter((invitation) => invitation.phone !== phone),
});

/** Returns the state with one more invitation. */
export const withInvitation = (
  state: PracticeState,
  invitation: PracticeInvitation,
): PracticeState => ({
  invitations: [...state.invitations, invitation].slice(-MOST_INVITATIONS),
});
