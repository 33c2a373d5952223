import type { State } from '../../shared/invitation.ts';
import {
  IconAlert,
  IconCheckRing,
  IconClock,
  IconCross,
  IconHand,
  IconPause,
  IconQuestion,
  IconSend,
  IconStop,
} from '../components/icons.tsx';

/** The icon of a state. */
export function StateIcon({ state }: { readonly state: State }) {
  switch (state) {
    case 'held':
      return <IconPause />;
    case 'waiting':
      return <IconClock />;
    case 'sending':
      return <IconSend />;
    case 'unconfirmed':
      return <IconQuestion />;
    case 'needs_decision':
      return <IconHand />;
    case 'accepted':
      return <IconCheckRing />;
    case 'refused':
      return <IconStop />;
    case 'maybe_sent':
      return <IconAlert />;
    case 'cancelled':
      return <IconCross />;
    case 'expired':
      return <IconClock />;
    default:
      return state satisfies never;
  }
}
