import { DAY_MS } from '../../shared/time.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { PracticeState } from './state.ts';

export type PracticeBusiness = {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  /** The rights of the key's user there: `none` is answered with 403. */
  readonly access: 'write' | 'none';
  /** Null: not connected to Google. Omitted: Partoo does not say. */
  readonly googleLocationId?: string | null;
};

export const PRACTICE_BUSINESSES = [
  { id: '5409c35a97bbc544d8e2a001', name: 'Hotel Practice', city: 'Paris', access: 'write' },
  { id: '5409c35a97bbc544d8e2a002', name: 'Restaurant Practice', city: 'Lyon', access: 'write' },
  { id: '5409c35a97bbc544d8e2a003', name: 'Somebody Else’s Shop', city: 'Nice', access: 'none' },
] as const satisfies readonly PracticeBusiness[];

/** A customer of Hotel Practice, invited four days before the simulator first ran: the resend window is closed. */
export const PRACTICE_INVITED_PHONE = '+33639980004';

/** The simulator's state when it runs for the first time at `now`. */
export const seedState = (now: EpochMs): PracticeState => ({
  invitations: [
    {
      id: '00000000-0000-4000-8000-000000000004',
      businessId: PRACTICE_BUSINESSES[0].id,
      phone: PRACTICE_INVITED_PHONE,
      name: 'Marie Dupont',
      by: 'Another Desk',
      sentAt: now - 4 * DAY_MS,
      forced: false,
    },
  ],
});
