export type { NotSentCause, Outcome, RefusedStatus, UnclearCause } from '../../shared/attempt.ts';
