import { expect, test } from 'vitest';
import { withNameOfOpenInvitation } from '../../../../renderer/invite/result/name-of-open-invitation.ts';
import { e164Schema } from '../../../../shared/phone/e164.ts';
import { KEPT, PHONE, sampleInvitation } from '../../samples.ts';

test('[row 244] a number on its own gets the name of the open invitation to it', () => {
  const form = { ...KEPT, phone: '06 39 98 00 04' };
  const other = sampleInvitation({ phone: e164Schema.parse('+33639980005'), name: 'Jean Martin' });
  const open = [other, sampleInvitation({ name: '' }), sampleInvitation()];
  expect(withNameOfOpenInvitation(form, PHONE, open)).toEqual({
    ...form,
    name: 'Marie Dupont',
    isNamePasted: true,
  });
  // A typed name stays, and of two names it is unknown which is meant.
  const typed = { ...form, name: 'Paul Bernard' };
  expect(withNameOfOpenInvitation(typed, PHONE, open)).toEqual(typed);
  const two = [...open, sampleInvitation({ name: 'Léa Petit' })];
  expect(withNameOfOpenInvitation(form, PHONE, two)).toEqual(form);
  expect(withNameOfOpenInvitation(form, PHONE, [other])).toEqual(form);
});
