import type { E164 } from '../../shared/phone/e164.ts';
import { MINUTE_MS, type Clock, type EpochMs } from '../../shared/time.ts';

/**
 * The number, business and time that a person saw when they chose to send again; the ticket is valid for nothing
 * else.
 */
export type ForceScope = {
  readonly phone: E164;
  readonly businessId: string;
  /** The time of the earlier SMS, or of the refusal, that they saw. */
  readonly shownAt: EpochMs;
};

const VALID_MS = 2 * MINUTE_MS;

export type ForceTickets = {
  readonly issue: (scope: ForceScope) => string;
  /** Whether the ticket is valid now for exactly this scope. It stays valid until `use`. */
  readonly isGood: (ticket: string, scope: ForceScope) => boolean;
  readonly use: (ticket: string) => void;
};

/**
 * Creates the store of one-time permissions to send inside the resend window. They live in memory only: after a
 * restart no person would remember giving one. At most one is valid at a time.
 */
export function createForceTickets(parts: {
  readonly clock: Clock;
  readonly newId: () => string;
}): ForceTickets {
  let current:
    { readonly id: string; readonly scope: ForceScope; readonly until: number } | undefined;
  return {
    issue: (scope) => {
      const id = parts.newId();
      current = { id, scope, until: parts.clock.elapsedMs() + VALID_MS };
      return id;
    },
    isGood: (ticket, scope) =>
      current !== undefined &&
      current.id === ticket &&
      parts.clock.elapsedMs() < current.until &&
      current.scope.phone === scope.phone &&
      current.scope.businessId === scope.businessId &&
      current.scope.shownAt === scope.shownAt,
    use: (ticket) => {
      if (current?.id === ticket) current = undefined;
    },
  };
}
