import { expect, test } from 'vitest';
import { withNameOfOpenInvitation } from '../../../renderer/invite/result/name-of-open-invitation.ts';
import { isReplaceable } from '../../../shared/invitation-actions.ts';
import { e164Schema } from '../../../shared/phone/e164.ts';
import { EVERY_PROGRESS, KEPT, PHONE, sampleInvitation } from '../samples.ts';

test('[row 244] replaces an invitation only while it is open and can be corrected', () => {
  const replaceable = EVERY_PROGRESS.filter((progress) =>
    isReplaceable(sampleInvitation({ progress })),
  );
  expect(replaceable.map(({ state }) => state)).toEqual(['held', 'waiting', 'needs_decision']);
});

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
