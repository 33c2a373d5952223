import { holdsPhoneNumber } from '../../shared/customer-name.ts';
import type { MessageProblem } from '../../shared/sms/message.ts';
import type { ParsedPhone } from '../../shared/phone/phone.ts';
import type { Verdict } from '../../shared/verdict.ts';
import type { Force, Form } from './form.ts';

/** All input of the decision whether a form can be sent. Null: not known yet. */
export type Facts = {
  readonly form: Form;
  readonly reading: ParsedPhone | null;
  readonly verdict: Pick<Verdict, 'ruling' | 'refusedAt'> | null;
  readonly needsConsent: boolean | null;
  /** Whether sending again needs the manager's PIN. */
  readonly needsPin: boolean;
  /** The error of the custom text, when one is used. */
  readonly messageProblem: MessageProblem | null;
  /** `undefined` when none is set. */
  readonly businessId: string | undefined;
  /** Whether the business field shows a text that matches none. */
  readonly isBusinessUnclear: boolean;
};

/** Why the form cannot be sent now. Each obstacle has a text that says what to do. */
export type Blocker =
  | 'no-phone'
  | 'starting'
  | 'incomplete'
  | 'impossible'
  | 'no-business'
  | 'business-unclear'
  | 'do-not-contact'
  | 'open'
  | 'closed'
  | 'no-reason'
  | 'no-pin'
  | 'name-with-phone'
  | 'message-no-link'
  | 'message-two-links'
  | 'message-too-long'
  | 'message-placeholder'
  | 'message-link-joined'
  | 'no-consent';

/**
 * Returns the first obstacle, in the order of the fields; null without one. A ruling that is not known yet is no
 * obstacle: the main process checks again when it saves.
 */
export function findBlocker(facts: Facts): Blocker | null {
  const { form, reading, needsConsent } = facts;
  if (needsConsent !== null && facts.businessId === undefined) return 'no-business';
  const isNumberInName = holdsPhoneNumber(form.name);
  // Typed into the wrong field: asking for a number would not help.
  if (form.phone === '') return isNumberInName ? 'name-with-phone' : 'no-phone';
  if (reading === null || needsConsent === null) return 'starting';
  if (reading.kind === 'empty') return 'no-phone';
  if (reading.kind !== 'complete') return reading.kind;
  if (facts.isBusinessUnclear) return 'business-unclear';
  const forbidden = forbids(facts.verdict, form.force, facts.needsPin);
  if (forbidden !== null) return forbidden;
  if (isNumberInName) return 'name-with-phone';
  if (facts.messageProblem !== null) return `message-${facts.messageProblem}`;
  return needsConsent && !form.hasConsent ? 'no-consent' : null;
}

function forbids(
  verdict: Facts['verdict'],
  force: Force | null,
  needsPin: boolean,
): Blocker | null {
  if (verdict === null) return null;
  const { ruling, refusedAt } = verdict;
  switch (ruling.kind) {
    case 'never':
    case 'house':
    case 'past':
      return refusedAt === null || force === null ? null : lacking(force, needsPin);
    case 'open':
    case 'do-not-contact':
      return ruling.kind;
    case 'closed':
      return force === null ? 'closed' : lacking(force, needsPin);
    default:
      return ruling satisfies never;
  }
}

/** Returns what is missing for sending again. */
function lacking(force: Force, needsPin: boolean): Blocker | null {
  if (force.reason === null || (force.reason === 'other' && force.other.trim() === '')) {
    return 'no-reason';
  }
  return needsPin && force.pin === '' ? 'no-pin' : null;
}
