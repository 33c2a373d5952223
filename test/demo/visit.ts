import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import { expect } from '../support/expect.ts';
import { openInstallation, type RunningApp, type Installation } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { oneLine, PICTURES, playSteps, say, type Step } from './steps.ts';

const PATIENCE_MS = 60_000;

const MARIE = { phone: '0639980012', name: 'Marie Dupont', e164: '+33639980012' };
const JEAN = { phone: '0639980013', name: 'Jean Martin', e164: '+33639980013' };
const LEA = { phone: '0639980014', name: 'Léa Petit', e164: '+33639980014' };

type Visit = { readonly installation: Installation; readonly app: RunningApp };

const STEPS: readonly Step<Visit>[] = [
  {
    says: 'Deskbell opens, ready for a number',
    play: async ({ app }) => {
      await expect(app.phone).toBeFocused();
      return 'the phone field has the focus';
    },
  },
  {
    says: `The receptionist types ${MARIE.phone} and sends`,
    play: async ({ installation, app }) => {
      await invite(app, MARIE.phone, MARIE.name);
      await expectSms(installation, [MARIE.e164]);
      await expect(app.phone).toBeFocused();
      return 'Partoo has one request, the form is empty again';
    },
  },
  {
    says: 'The same number again: the verdict warns before the click',
    play: async ({ installation, app }) => {
      await app.phone.pressSequentially(MARIE.phone);
      await expect(app.verdict).toContainText(/invited/i);
      await expect(app.sendAgain).not.toBeChecked();
      await app.phone.press('Enter');
      await expect(app.phone).not.toHaveValue('');
      await expectSms(installation, [MARIE.e164]);
      return oneLine(await app.verdict.innerText());
    },
  },
  {
    says: 'She means it: Send again anyway, with a reason',
    play: async ({ installation, app }) => {
      await app.sendAgain.check();
      await app.reason.selectOption({ index: 1 });
      await app.send.click();
      await expect(app.phone).toHaveValue('');
      await expectSms(installation, [MARIE.e164, MARIE.e164]);
      expect(installation.sends().at(-1)).toMatchObject({ force: 'True' });
      return "Partoo has a second request, with force 'True'";
    },
  },
  {
    says: 'The network is lost; two more customers leave',
    play: async ({ installation, app }) => {
      await installation.vendor.refuseConnections();
      await invite(app, JEAN.phone, JEAN.name);
      await invite(app, LEA.phone, LEA.name);
      await expect(app.connection).not.toBeEmpty();
      await app.tab('Outbox').click();
      await expect(app.rows).toHaveCount(2);
      expect(installation.vendor.sms()).toHaveLength(2);
      return `both wait in the outbox; the banner says: ${oneLine(await app.connection.innerText())}`;
    },
  },
  {
    says: 'The network is back',
    play: async ({ installation, app }) => {
      await installation.vendor.acceptConnections();
      await expectSms(installation, [MARIE.e164, MARIE.e164, JEAN.e164, LEA.e164]);
      await expect(app.rows).toHaveCount(0, { timeout: PATIENCE_MS });
      return 'both were sent automatically, in order, once each';
    },
  },
  {
    says: 'The history of the visit',
    play: async ({ app }) => {
      await app.tab('History').click();
      await expect(app.rows).toHaveCount(4);
      await expect(app.row('Accepted')).toHaveCount(4);
      return 'four invitations, every one accepted';
    },
  },
];

const [hotel] = PRACTICE_BUSINESSES;
const installation = await openInstallation({
  settings: { businesses: [{ id: hotel.id, name: hotel.name }] },
});
try {
  const app = await installation.open();
  await playSteps(STEPS, { installation, app }, () => ({ '': app }));
  say(
    `The visit is over: ${STEPS.length} steps, ${installation.vendor.sms().length} SMS. Pictures are in ${PICTURES}/.`,
  );
} finally {
  await installation.close();
}

async function expectSms({ vendor }: Installation, phones: readonly string[]): Promise<void> {
  await expect
    .poll(() => vendor.sms().map(({ phone }) => phone), { timeout: PATIENCE_MS })
    .toEqual(phones);
}
