import { BUSY_SNAPSHOT, SNAPSHOT, HOTEL, invitationTo, NOW } from './fixtures.ts';
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import type { Scene } from './stage.ts';
import {
  inTurn,
  keys,
  open,
  section,
  pastePhone,
  press,
  seen,
  send,
  typePhone,
  write,
} from './steps.ts';

const OWN_TEXT = {
  isUsed: true,
  text: 'Hello {name}, thank you for coming to our garden party. How was it? @link',
};

/** An imported file without a number. */
const EMPTY_FILE = {
  kind: 'read',
  token: '00000000-0000-4000-8000-0000000000aa',
  fileName: 'guests-2026.csv',
  fresh: 0,
  known: 0,
  doubled: 0,
  landlines: 0,
  without: 0,
  columns: [],
  problems: [],
  problemCount: 0,
} as const;

/** What the form shows about typed and pasted text, beside the verdict and the result. */
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
      'app.read': {
        ...SNAPSHOT,
        remembered: {
          ...SNAPSHOT.remembered,
          messages: {
            [HOTEL.id]: OWN_TEXT,
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
  {
    name: 'form-names-left-out',
    show: async (stage) => {
      await pastePhone('Marie Dupont 06 39 98 00 15 / Jean Martin\nOu 06 39 98 00 16')(stage);
      await stage.page.locator('.paste-note .note').waitFor();
    },
  },
  {
    name: 'form-one-colleague',
    replies: {
      'app.read': { ...BUSY_SNAPSHOT, settings: { ...BUSY_SNAPSHOT.settings, staff: ['Léa'] } },
      'verdict.check': {
        ruling: {
          kind: 'closed',
          sentAt: NOW - 1_000,
          opensAt: NOW + 10 * DAY_MS,
          name: 'Marie D.',
          staff: 'Léa',
          from: 'here',
          place: null,
          proved: true,
        },
        otherName: null,
        waitsUntil: null,
        waitsFor: null,
        refusedAt: null,
        waitsElsewhere: null,
        knownSince: null,
      },
    },
    show: typePhone('0639980015'),
  },
  {
    name: 'settings-hours-practice',
    replies: { 'app.read': { ...SNAPSHOT, mode: 'practice' } },
    show: inTurn(open('settings'), section('sending'), seen('settings.hours.practice')),
  },
  {
    name: 'settings-import-empty',
    replies: { 'doNotContact.previewImport': { ...EMPTY_FILE, without: 3 } },
    show: inTurn(
      open('settings'),
      section('doNotContact'),
      press('settings.doNotContact.choose'),
      seen('settings.doNotContact.noNumbers'),
    ),
  },
  {
    name: 'settings-import-landlines',
    replies: {
      'doNotContact.previewImport': {
        ...EMPTY_FILE,
        fresh: 2,
        landlines: 2,
        columns: [
          { at: 0, heading: 'Tel', samples: ['01 23 45 67 89'], numbers: 4, isTaken: true },
        ],
      },
    },
    show: inTurn(
      open('settings'),
      section('doNotContact'),
      press('settings.doNotContact.choose'),
      seen('settings.doNotContact.pick.change'),
    ),
  },
  {
    name: 'settings-list-two-things',
    replies: { 'doNotContact.export': { kind: 'saved', fileName: 'list.csv', count: 2 } },
    show: inTurn(
      open('settings'),
      section('doNotContact'),
      press('settings.doNotContact.export'),
      seen('settings.doNotContact.exported', { count: 2, file: 'list.csv' }),
      write('settings.doNotContact.number', '06 39'),
      press('settings.doNotContact.add'),
      seen('settings.doNotContact.noNumber'),
    ),
  },
  {
    name: 'history-in-outbox',
    replies: {
      'history.list': { invitations: [], next: null },
      'outbox.list': [
        invitationTo(15, 'Zoltan Kiss', { state: 'waiting', at: NOW, dueAt: NOW + HOUR_MS }),
        invitationTo(16, 'Marie Dupont', { state: 'waiting', at: NOW, dueAt: NOW + HOUR_MS }),
      ],
    },
    show: async (stage) => {
      await open('history')(stage);
      await stage.page.getByRole('searchbox').fill('zoltan');
      await seen('history.toOutbox')(stage);
    },
  },
  {
    // Everything that the form can show at once, with an earlier problem.
    name: 'form-longest',
    replies: {
      'app.read': {
        ...BUSY_SNAPSHOT,
        settings: { ...BUSY_SNAPSHOT.settings, forceNeedsPin: true, requireConsent: true },
        remembered: { ...BUSY_SNAPSHOT.remembered, messages: { [HOTEL.id]: OWN_TEXT } },
      },
      'verdict.check': {
        ruling: {
          kind: 'closed',
          sentAt: NOW - 4 * DAY_MS,
          opensAt: NOW + 6 * DAY_MS,
          name: 'Marie D.',
          staff: 'Léa',
          from: 'here',
          place: null,
          proved: true,
        },
        otherName: 'Paul Bernard',
        waitsUntil: NOW + 21 * HOUR_MS,
        waitsFor: 'hours',
        refusedAt: null,
        waitsElsewhere: null,
        knownSince: null,
      },
    },
    show: async (stage) => {
      await typePhone('0639980031')(stage);
      await inTurn(keys('Escape'), seen('result.bringBack'))(stage);
      await typePhone('639980015')(stage);
      await stage.page.getByRole('switch').check();
      await write('invite.name', 'Marie Dupont')(stage);
      await keys('Enter')(stage);
      await stage.page.locator('[data-field="reason"]:focus').waitFor();
    },
  },
];
