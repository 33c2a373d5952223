import { DESK, HOTEL, invitationTo, NOW } from './furnished.ts';
import type { Scene } from './stage.ts';
import { inTurn, keys, press, seen, send, typePhone, write } from './steps.ts';

/** What the form says of what was typed and pasted into it, beside the verdict and the result. */
export const FORM_SCENES: readonly Scene[] = [
  {
    name: 'form-read-as',
    show: inTurn(typePhone('639980015'), seen('verdict.readAs', { phone: '+33 6 39 98 00 15' })),
  },
  {
    name: 'form-number-in-name',
    show: inTurn(
      typePhone('0639980015'),
      write('invite.name', 'Marie 06 39 98 00 15'),
      keys('Enter'),
      seen('invite.obstacle.name-with-phone'),
    ),
  },
  {
    name: 'form-own-text',
    replies: {
      'desk.read': {
        ...DESK,
        remembered: {
          ...DESK.remembered,
          messages: {
            [HOTEL.id]: {
              isUsed: true,
              text: 'Hello {name}, thank you for coming to our garden party. How was it? @link',
            },
          },
        },
      },
    },
    show: seen('invite.message.backToTemplate'),
  },
  {
    name: 'form-taken-back',
    replies: {
      'invitation.enqueue': invitationTo(15, 'Marie Dupont', {
        state: 'held',
        at: NOW,
        notBefore: NOW + 11_000,
        why: 'undo',
      }),
      'invitation.undo': invitationTo(15, 'Marie Dupont', { state: 'cancelled', at: NOW }),
    },
    show: inTurn(
      typePhone('0639980015'),
      send,
      typePhone('0639980031'),
      press('result.undo'),
      seen('result.putAside.taken-back'),
    ),
  },
];
