import { expect } from './expect.ts';
import type { Desk } from './reception.ts';

/** Types an invitation and presses Enter; resolves when it is saved. */
export async function invite(desk: Desk, phone: string, name: string): Promise<void> {
  await desk.tab('Invite').click();
  await desk.phone.pressSequentially(phone);
  await desk.customerName.fill(name);
  await expect(desk.verdict).toContainText(/never invited/i);
  await desk.customerName.press('Enter');
  await expect(desk.phone).toHaveValue('');
}
