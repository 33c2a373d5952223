import type { E164 } from '../../../shared/phone/e164.ts';
import type { Invitation } from '../../../shared/invitation.ts';
import type { FormDraft } from '../../../shared/form-draft.ts';

/**
 * The form with the name of the open invitations to `phone`, when only the number stands in it. The name goes with that
 * number, as a pasted one does. Invitations with different names give none.
 */
export function withNameOfOpenInvitation(
  form: FormDraft,
  phone: E164,
  open: readonly Invitation[],
): FormDraft {
  if (form.name.trim() !== '') return form;
  const names = open.filter((one) => one.phone === phone && one.name !== '').map((one) => one.name);
  const [name, ...others] = new Set(names);
  if (name === undefined || others.length > 0) return form;
  return { ...form, name, isNamePasted: true };
}
