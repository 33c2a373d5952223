import { isOpen } from '../../shared/invitation.ts';
import { decideEnd } from '../outbox/rules/manual-decision.ts';
import { applyDecision } from '../outbox/save-decision.ts';
import type { FlushParts } from '../outbox/flush-parts.ts';
import type { SharingParts } from '../sharing/sharing.ts';
import type { EraseHere } from './erase-here.ts';
import type { Store } from '../store/store.ts';

/** What this desk does about news from the other desks. */
export function sharingEvents(parts: {
  readonly clock: FlushParts['clock'];
  readonly store: Store;
  readonly onInvitation: FlushParts['onInvitation'];
  readonly eraseHere: EraseHere;
  /** A customer is new on this PC's do-not-contact list. */
  readonly onRefused: () => void;
}): Pick<SharingParts, 'onDoNotContact' | 'onTakenOver' | 'erase'> {
  const { clock, store } = parts;
  return {
    onDoNotContact: (phone, since) => {
      store.addDoNotContact({ phone, since, staff: null });
      parts.onRefused();
    },
    onTakenOver: (id) => {
      const row = store.readRow(id);
      // One that is being sent has an end soon, and is named again with the next push.
      if (row === undefined || !isOpen(row.invitation)) return;
      if (row.invitation.progress.state === 'sending') return;
      applyDecision(parts, row, decideEnd(row, clock.now(), 'taken-over'));
    },
    erase: (phone, savedBefore) => {
      const refusal = store.findDoNotContact(phone) === undefined ? 'forgotten' : 'kept';
      return parts.eraseHere(phone, refusal, savedBefore).kind === 'erased' ? 'erased' : 'later';
    },
  };
}
