import type { E164 } from '../../../shared/phone/e164.ts';
import type { Invitation } from '../../../shared/invitation.ts';
import type { FormDraft } from '../../../shared/form-draft.ts';

/**
 * Adds the name of the open invitations to `phone` to a form with only a number. The name belongs to that number, like
 * a pasted one. Open invitations with different names add none.
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
