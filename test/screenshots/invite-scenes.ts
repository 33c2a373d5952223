import type { Progress } from '../../shared/invitation.ts';
import type { Ruling } from '../../shared/verdict.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { BUSY_SNAPSHOT, SNAPSHOT, HOTEL, invitationTo, NOW } from './fixtures.ts';
import type { Replies, Scene, Step } from './stage.ts';
import { inTurn, keys, seen, send, typePhone, write } from './steps.ts';

const PHONE = '0639980015';
/** More businesses than a person would scroll through. */
const CHAIN = Array.from({ length: 400 }, (_, at) => ({
  id: `chain-${at}`,
  name: `Hôtel des Lilas ${at + 1}`,
}));
const LANDLINE = '0123456789';

const judged = (
  ruling: Ruling,
  waitsUntil: number | null = null,
  otherName: string | null = null,
): Replies => ({
  'verdict.check': {
    ruling,
    otherName,
    waitsUntil,
    refusedAt: null,
    waitsElsewhere: null,
    waitsFor: waitsUntil === null ? null : 'hours',
    knownSince: null,
  },
});
const saved = (progress: Progress): Replies => ({
  'invitation.enqueue': invitationTo(15, 'Marie Dupont', progress),
});
const EARLIER = {
  sentAt: NOW - 4 * DAY_MS + 4 * HOUR_MS,
  name: 'Marie D.',
  staff: 'Léa',
  from: 'here',
  place: null,
  proved: true,
} as const;
const CLOSED: Ruling = { kind: 'closed', opensAt: EARLIER.sentAt + 10 * DAY_MS, ...EARLIER };
const OWN_MESSAGE = {
  isUsed: true,
  text: 'Hello {name}, thank you for your stay with us — “at home” 🛎️ in the Hôtel des Lilas. How was it? What was good, and what should we do better: the garden, the breakfast, the rooms, the reception? Tell other travellers here: @link À bientôt, your reception 😊',
};
const withMessage = (message: { readonly isUsed: boolean; readonly text: string }): Replies => ({
  'app.read': {
    ...SNAPSHOT,
    remembered: { ...SNAPSHOT.remembered, messages: { [HOTEL.id]: message } },
  },
});
const openMessage: Step = async ({ page }) => {
  await page.locator('.message-line').click();
  await page.getByRole('textbox').and(page.locator('textarea')).waitFor();
};

/** The form, its verdicts, and the results of sending. */
export const INVITE_SCENES: readonly Scene[] = [
  { name: 'invite' },
  {
    name: 'invite-choices',
    replies: { 'app.read': BUSY_SNAPSHOT },
    show: seen('invite.staff'),
  },
  {
    name: 'invite-thousands',
    unchecked: 'Base UI hides the page around its open list, and axe-core takes that for a mistake',
    replies: {
      'app.read': { ...BUSY_SNAPSHOT, settings: { ...BUSY_SNAPSHOT.settings, businesses: CHAIN } },
    },
    show: async ({ page }) => {
      await page.locator('input.picker').fill('lilas 1');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'invite-novel',
    show: async (stage) => {
      await stage.page.locator('.paste-guard').waitFor({ state: 'attached' });
      await stage.page.getByRole('textbox', { name: stage.t('invite.name') }).focus();
      await stage.page.keyboard.insertText('Once upon a time there was a customer. '.repeat(80));
      await stage.page.locator('.paste-guard .note').waitFor();
    },
  },
  {
    name: 'invite-no-business',
    replies: {
      'app.read': { ...SNAPSHOT, settings: { ...SNAPSHOT.settings, businesses: [] } },
    },
    show: seen('invite.obstacle.no-business'),
  },
  { name: 'invite-impossible', show: typePhone('06399800155555') },
  { name: 'invite-landline', show: inTurn(typePhone(LANDLINE), keys('Enter')) },
  { name: 'invite-never', show: typePhone(PHONE) },
  {
    name: 'invite-only-here',
    replies: { 'verdict.checkWithPartoo': { kind: 'no-answer' } },
    show: inTurn(typePhone(PHONE), seen('verdict.onlyHere.no-answer')),
  },
  {
    name: 'invite-outside-hours',
    replies: judged(
      { kind: 'past', ...EARLIER, sentAt: NOW - 40 * DAY_MS, name: 'Paul Bernard' },
      NOW + 21 * HOUR_MS,
      'Paul Bernard',
    ),
    show: typePhone(PHONE),
  },
  {
    name: 'invite-open',
    replies: judged({
      kind: 'open',
      invitationId: '00000000-0000-4000-8000-000000000015',
      since: NOW - 9 * MINUTE_MS,
      name: 'Marie Dupont',
    }),
    show: typePhone(PHONE),
  },
  {
    name: 'invite-house',
    replies: judged({ ...CLOSED, kind: 'house' }),
    show: typePhone(PHONE),
  },
  {
    name: 'invite-do-not-contact',
    replies: judged({ kind: 'do-not-contact', since: NOW - 40 * DAY_MS, place: null }),
    show: typePhone(PHONE),
  },
  {
    name: 'invite-at-other-desk',
    replies: judged({
      ...CLOSED,
      name: '',
      from: 'elsewhere',
      place: { site: 'Lille', desk: 'Desk 2' },
    }),
    show: typePhone(PHONE),
  },
  {
    name: 'invite-waits-elsewhere',
    replies: {
      'verdict.check': {
        ruling: { kind: 'never' },
        otherName: null,
        waitsUntil: null,
        waitsFor: null,
        knownSince: null,
        refusedAt: null,
        waitsElsewhere: {
          since: NOW - 2 * HOUR_MS,
          place: { site: 'Lille', desk: 'Desk 2' },
          silentSince: NOW - HOUR_MS,
        },
      },
    },
    show: typePhone(PHONE),
  },
  {
    name: 'invite-refused',
    replies: {
      'verdict.check': {
        ruling: { kind: 'never' },
        otherName: null,
        waitsUntil: null,
        waitsFor: null,
        knownSince: null,
        refusedAt: NOW - 26 * HOUR_MS,
        waitsElsewhere: null,
      },
    },
    show: async (stage) => {
      await typePhone(PHONE)(stage);
      await stage.page.getByRole('switch').check();
    },
  },
  { name: 'invite-closed', replies: judged(CLOSED), show: typePhone(PHONE) },
  {
    name: 'invite-forced',
    replies: { ...judged(CLOSED), 'app.read': BUSY_SNAPSHOT },
    show: async (stage) => {
      await typePhone(PHONE)(stage);
      await stage.page.getByRole('switch').check();
      await stage.page.locator('[data-field="reason"]').selectOption('other');
      await write('invite.force.otherReason', 'The first phone was lost')(stage);
      await keys('Enter')(stage);
    },
  },
  {
    name: 'invite-wrong-pin',
    replies: {
      ...judged(CLOSED),
      'app.read': {
        ...SNAPSHOT,
        settings: { ...SNAPSHOT.settings, forceNeedsPin: true },
      },
      'force.requestTicket': { failure: { kind: 'wrong-pin', waitSeconds: 30 } },
    },
    show: async (stage) => {
      await typePhone(PHONE)(stage);
      await stage.page.getByRole('switch').check();
      await stage.page.locator('[data-field="reason"]').selectOption('asked');
      await stage.page.locator('[data-field="pin"]').fill('1234');
      await send(stage);
    },
  },
  {
    name: 'invite-message-template',
    show: openMessage,
  },
  {
    name: 'invite-message',
    replies: withMessage(OWN_MESSAGE),
    show: async (stage) => {
      await write('invite.name', 'Chloé Œuvrard 🌷')(stage);
      await openMessage(stage);
    },
  },
  {
    name: 'invite-message-no-link',
    replies: withMessage({ isUsed: true, text: 'Thank you for your visit.' }),
    show: inTurn(typePhone(PHONE), keys('Enter')),
  },
  {
    name: 'invite-prefill',
    replies: {
      'prefill.take': {
        kind: 'customer',
        from: 'link',
        phone: PHONE,
        name: 'Anne-Sophie Vandenbroucke',
      },
    },
    show: async (stage) => {
      await typePhone('0639980031')(stage);
      await stage.tell('prefill.arrived', {});
      await seen('prefill.keep')(stage);
    },
  },
  {
    name: 'result-undo',
    replies: saved({ state: 'held', at: NOW, notBefore: NOW + 11_000, why: 'undo' }),
    show: inTurn(typePhone(PHONE), send),
  },
  {
    name: 'result-accepted',
    replies: saved({ state: 'accepted', at: NOW, evidence: 'response', delivery: null }),
    show: inTurn(typePhone(PHONE), send),
  },
  {
    name: 'result-unconfirmed',
    replies: saved({ state: 'unconfirmed', at: NOW, dueAt: NOW + MINUTE_MS }),
    show: inTurn(typePhone(PHONE), send),
  },
  {
    name: 'result-late',
    replies: saved({ state: 'held', at: NOW, notBefore: NOW + 11_000, why: 'undo' }),
    show: async (stage) => {
      await inTurn(typePhone(PHONE), send)(stage);
      await stage.tell(
        'invitation.changed',
        invitationTo(16, 'Paul Bernard', { state: 'needs_decision', at: NOW, why: 'window' }),
      );
      await stage.page.locator('.earlier-problems').waitFor();
    },
  },
  {
    name: 'result-late-many',
    replies: saved({ state: 'held', at: NOW, notBefore: NOW + 11_000, why: 'undo' }),
    show: async (stage) => {
      await inTurn(typePhone(PHONE), send, typePhone('0639980031'))(stage);
      const refused = { state: 'refused', at: NOW, why: 'invalid', text: '' } as const;
      for (const last of [21, 22, 23]) {
        await stage.tell('invitation.changed', invitationTo(last, 'Paul Bernard', refused));
      }
      await stage.page.locator('.earlier-problems').waitFor();
    },
  },
  {
    name: 'result-late-one',
    show: async (stage) => {
      const refused = { state: 'refused', at: NOW, why: 'invalid', text: '' } as const;
      await stage.tell('invitation.changed', invitationTo(21, 'Paul Bernard', refused));
      await stage.page.locator('.earlier-problems').waitFor();
    },
  },
  {
    name: 'result-refused',
    replies: saved({ state: 'refused', at: NOW, why: 'invalid', text: 'Invalid phone number' }),
    show: inTurn(typePhone(PHONE), send),
  },
  {
    name: 'result-undo-beside-cleared',
    replies: saved({ state: 'held', at: NOW, notBefore: NOW + 11_000, why: 'undo' }),
    show: inTurn(
      typePhone(PHONE),
      send,
      typePhone('0639980031'),
      keys('Escape'),
      seen('result.bringBack'),
    ),
  },
  {
    name: 'result-failed',
    replies: {
      'invitation.enqueue': { failure: { kind: 'storage', why: 'full' } },
    },
    show: inTurn(typePhone(PHONE), send),
  },
  {
    name: 'result-said-no',
    replies: { 'doNotContact.optOut': { since: NOW, isNew: true, ended: 0 } },
    show: inTurn(typePhone(PHONE), keys('Control+d'), seen('result.undo')),
  },
  {
    name: 'result-cleared',
    show: inTurn(typePhone(PHONE), keys('Escape'), seen('result.bringBack')),
  },
];
