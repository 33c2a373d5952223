import type { AnyFailure } from '../ipc/client.ts';
import type { Blocker } from './validation.ts';

/** A field of the form, by its `data-field`. */
export type Field =
  'phone' | 'business' | 'force' | 'reason' | 'pin' | 'name' | 'message' | 'consent';

/** The id of the element that says what is wrong with a field; undefined while nothing is. */
export type WrongBy = (field: Field) => string | undefined;

/** The field in which an obstacle is overcome. */
export function fieldOf(obstacle: Blocker | null): Field {
  switch (obstacle) {
    case 'closed':
      return 'force';
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
    case null:
      return 'phone';
    default:
      return obstacle satisfies never;
  }
}

/** The texts of the screen that say what is wrong, by their ids. */
type Texts = { readonly obstacleId: string; readonly resultId: string };

type Wrong = {
  /** What is in the way of sending now. */
  readonly obstacle: Blocker | null;
  /** Whether somebody has tried to send in vain. */
  readonly isComplained: boolean;
  readonly failure: AnyFailure | null;
  /** The manager's PIN as it stands there. */
  readonly pin: string;
};

/**
 * What marks a field as wrong. A field that only lacks something is wrong once somebody has tried to send; the PIN of
 * a failed try is wrong until another one is typed.
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
