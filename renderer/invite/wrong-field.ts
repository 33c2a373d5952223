import type { AnyFailure } from '../ipc/client.ts';
import type { Blocker } from './validation.ts';

/** A field of the form, by its `data-field`. */
export type Field = 'phone' | 'business' | 'reason' | 'pin' | 'name' | 'message' | 'consent';

/** Returns the id of the element with a field's error; undefined without one. */
export type WrongBy = (field: Field) => string | undefined;

/** Returns the field that gets the focus because of an obstacle: where it can be resolved, otherwise the phone field. */
export function fieldOf(obstacle: Blocker | null): Field {
  switch (obstacle) {
    case 'no-reason':
      return 'reason';
    case 'no-pin':
      return 'pin';
    case 'no-consent':
      return 'consent';
    case 'business-unclear':
      return 'business';
    case 'name-with-phone':
      return 'name';
    case 'message-no-link':
    case 'message-two-links':
    case 'message-too-long':
    case 'message-placeholder':
    case 'message-link-joined':
      return 'message';
    case 'no-phone':
    case 'starting':
    case 'incomplete':
    case 'impossible':
    case 'no-business':
    case 'do-not-contact':
    case 'open':
    // Not the switch: the next number, typed without a look at the screen, must not be lost there.
    case 'closed':
    case null:
      return 'phone';
    default:
      return obstacle satisfies never;
  }
}

/** The ids of the texts that show errors. */
type Texts = { readonly obstacleId: string; readonly resultId: string };

type Wrong = {
  /** The current obstacle. */
  readonly obstacle: Blocker | null;
  /** Whether an attempt to send has failed. */
  readonly isComplained: boolean;
  readonly failure: AnyFailure | null;
  /** The typed manager's PIN. */
  readonly pin: string;
};

/**
 * Decides which field is marked as wrong. A field that is only incomplete is wrong after an attempt to send; a wrong
 * PIN stays wrong until another one is typed.
 */
export function wrongBy(
  { obstacle, isComplained, failure, pin }: Wrong,
  { obstacleId, resultId }: Texts,
): WrongBy {
  return (field) => {
    const isInTheWay = obstacle !== null && fieldOf(obstacle) === field;
    const holdsWrongText = field === 'name' || field === 'message';
    if (isInTheWay && (isComplained || holdsWrongText)) return obstacleId;
    const isPinRefused = failure?.kind === 'wrong-pin' || failure?.kind === 'pin-wait';
    return field === 'pin' && isPinRefused && pin === '' ? resultId : undefined;
  };
}
