import * as z from 'zod/mini';

const invitationSchema = z.strictObject({
  id: z.string(),
  businessId: z.string(),
  phone: z.string(),
  name: z.string(),
  by: z.string(),
  /** The user who sent it; the user of the key when left out. */
  byId: z.optional(z.string()),
  sentAt: z.int(),
  forced: z.boolean(),
});

/** An invitation that the simulator took: an SMS that would have gone out. */
export type PracticeInvitation = Readonly<z.infer<typeof invitationSchema>>;

const stateSchema = z.strictObject({ invitations: z.array(invitationSchema) });

/** All that the simulator remembers, oldest first. */
export type PracticeState = { readonly invitations: readonly PracticeInvitation[] };

/** Where that is kept between two runs. `load` gives what `save` was last given, or anything else when there is nothing. */
export type PracticeStateFile = {
  readonly load: () => unknown;
  readonly save: (state: PracticeState) => void;
};

/** A remembered state; undefined when it is none, and practice then starts afresh: nothing real is lost with it. */
export const parseState = (value: unknown): PracticeState | undefined => {
  const parsed = stateSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
};

/** More than any training makes; keeps the remembered file small on a PC that is never restarted. */
const MOST_INVITATIONS = 2_000;

/** The state without anything about a number. */
export const withoutPhone = (state: PracticeState, phone: string): PracticeState => ({
  invitations: state.invitations.filter((invitation) => invitation.phone !== phone),
});

/** The state after one more invitation. */
export const withInvitation = (
  state: PracticeState,
  invitation: PracticeInvitation,
): PracticeState => ({
  invitations: [...state.invitations, invitation].slice(-MOST_INVITATIONS),
});
