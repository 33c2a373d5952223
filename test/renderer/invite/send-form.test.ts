import { expect, test } from 'vitest';
import { createIpcClient } from '../../../renderer/ipc/client.ts';
import { emptyForm } from '../../../renderer/invite/form.ts';
import { sendForm, type Ready } from '../../../renderer/invite/send-form.ts';
import type { Ruling } from '../../../shared/verdict.ts';
import { createFakeBridge } from '../fake-bridge.ts';
import { NOON, PHONE, sampleInvitation } from '../samples.ts';

const token = crypto.randomUUID();
const ticket = crypto.randomUUID();
const invitation = sampleInvitation();
const closed: Ruling = {
  kind: 'closed',
  sentAt: NOON - 1,
  opensAt: NOON,
  name: '',
  staff: null,
  from: 'here',
  place: null,
  proved: true,
};
const verdict = {
  ruling: closed,
  otherName: null,
  waitsUntil: null,
  waitsFor: null,
  knownSince: null,
  refusedAt: null,
  waitsElsewhere: null,
};

const form = { ...emptyForm(token), phone: '06 39 98 00 04', name: '  Marie   Dupont ' };
const forcedForm = { ...form, force: { reason: 'asked', other: '', pin: '' } as const };
const ready = (change: Partial<Ready>): Ready => ({
  form,
  phone: PHONE,
  businessId: 'b1',
  staff: 'Léa',
  message: null,
  shownAt: null,
  reason: 'The customer asked for it',
  ...change,
});

function send(answers: Parameters<typeof createFakeBridge>[0], change: Partial<Ready>) {
  const fake = createFakeBridge(answers);
  const ipc = createIpcClient(fake.bridge, () => undefined);
  return { sent: sendForm(ipc, ready(change)), asked: fake.asked };
}

const saves = { 'invitation.enqueue': () => ({ ok: true, value: invitation }) };

test('saves a clean draft under the form’s token', async () => {
  const { sent, asked } = send(saves, {});
  expect(await sent).toEqual({ kind: 'saved', invitation });
  expect(asked).toEqual([
    [
      'invitation.enqueue',
      {
        token,
        phone: PHONE,
        name: 'Marie Dupont',
        businessId: 'b1',
        staff: 'Léa',
        consented: false,
        message: null,
        force: null,
        replaces: null,
      },
    ],
  ]);
});

test('requests a ticket for the earlier SMS that was shown, and uses it', async () => {
  const { sent, asked } = send(
    { ...saves, 'force.requestTicket': () => ({ ok: true, value: { ticket } }) },
    { form: forcedForm, shownAt: NOON - 1 },
  );
  expect(await sent).toMatchObject({ kind: 'saved' });
  expect(asked).toMatchObject([
    ['force.requestTicket', { phone: PHONE, businessId: 'b1', shownAt: NOON - 1 }],
    ['invitation.enqueue', { force: { ticket, reason: 'The customer asked for it' } }],
  ]);
});

test('does not force without need', async () => {
  const { sent, asked } = send(saves, { form: forcedForm, shownAt: null });
  await sent;
  expect(asked).toMatchObject([['invitation.enqueue', { force: null }]]);
});

test('shows the current verdict when the ticket is refused, and saves nothing', async () => {
  const failure = { kind: 'not-allowed', verdict };
  const { sent, asked } = send(
    { ...saves, 'force.requestTicket': () => ({ ok: false, failure }) },
    { form: forcedForm, shownAt: NOON - 1 },
  );
  expect(await sent).toEqual({ kind: 'failed', failure, verdict });
  expect(asked).toHaveLength(1);
});

test.each([
  [{ kind: 'storage', why: 'full' }, null],
  [{ kind: 'ticket' }, null],
  [{ kind: 'unknown-business' }, null],
  [{ kind: 'not-allowed', verdict }, verdict],
])('returns a failure: %o', async (failure, known) => {
  const { sent } = send({ 'invitation.enqueue': () => ({ ok: false, failure }) }, {});
  expect(await sent).toEqual({ kind: 'failed', failure, verdict: known });
});
