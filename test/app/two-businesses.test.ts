import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import { aPhone, HOTEL, openHouse, RESTAURANT, valueOf, type House } from '../support/app.ts';

const backUp = async (house: House) => {
  const { name } = valueOf(await house.call('backup.make', {}));
  await house.clock.advance(1);
  return name;
};
const restore = async (house: House, name: string) => {
  valueOf(await house.call('backup.restore', { name }));
  await house.rest();
};

/** Which of the two Partoo counts by is not documented: both must be safe. */
describe.each(['business', 'organisation'] as const)(
  'the ten days count for each %s',
  (windowScope) => {
    const open = () => openHouse({ rules: { windowScope } });

    test('[row 123] after a restore an SMS for the restaurant stops one for the hotel', async () => {
      const house = await open();
      const name = await backUp(house);
      await house.invite(1, { businessId: RESTAURANT.id });
      await house.rest();
      await restore(house, name);
      await house.clock.advance(HOUR_MS);
      const { id } = await house.invite(1, { businessId: HOTEL.id });
      await house.rest();
      expect(house.vendor.sms()).toHaveLength(1);
      expect((await house.find(id)).progress).toMatchObject({
        state: 'needs_decision',
        why: 'window',
      });
    });

    test('[row 123] what another desk sends for the restaurant stops a forced one for the hotel', async () => {
      const house = await open();
      await house.invite(2, { businessId: RESTAURANT.id });
      await house.invite(1);
      await house.clock.advance(DAY_MS);
      const asked = { phone: aPhone(1), businessId: HOTEL.id, replaces: null };
      const { ruling } = valueOf(await house.call('verdict.check', { ...asked, name: '' }));
      const sentAt = ruling.kind === 'closed' ? ruling.sentAt : 0;
      const { ticket } = valueOf(await house.call('force.ask', { ...asked, sentAt, pin: null }));
      house.vendor.sendFromElsewhere({
        phone: aPhone(1),
        businessId: RESTAURANT.id,
        name: '',
        by: 'Another Desk',
      });
      const { id } = await house.invite(1, { force: { ticket, reason: 'The customer asks' } });
      await house.rest();
      expect(house.vendor.sms()).toHaveLength(2);
      expect((await house.find(id)).progress).toMatchObject({
        state: 'needs_decision',
        why: 'window',
      });
    });
  },
);

test('[row 124] a refusal is explained by an SMS for another business of this desk', async () => {
  const house = await openHouse({ rules: { windowScope: 'organisation' } });
  await house.invite(2, { businessId: RESTAURANT.id });
  house.vendor.sendFromElsewhere({
    phone: aPhone(1),
    businessId: RESTAURANT.id,
    name: '',
    by: 'Another Desk',
  });
  await house.clock.advance(HOUR_MS);
  const { id } = await house.invite(1);
  await house.rest();
  expect((await house.find(id)).progress).toMatchObject({ state: 'needs_decision', why: 'window' });
  expect(house.vendor.sms()).toHaveLength(1);
});
