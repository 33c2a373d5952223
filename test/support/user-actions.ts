import { SECOND_MS } from '../../shared/time.ts';
import type { FakeClock } from './clock.ts';
import { expect } from './expect.ts';
import type { Desk, Installation } from './installation.ts';

/** Types an invitation and presses Enter; resolves when it is saved. */
export async function invite(
  desk: Desk,
  phone: string,
  name: string,
  verdict = /no earlier invitation/i,
): Promise<void> {
  await desk.tab('Invite').click();
  await desk.phone.pressSequentially(phone);
  await desk.customerName.fill(name);
  await expect(desk.verdict).toContainText(verdict);
  await desk.customerName.press('Enter');
  await expect(desk.phone).toHaveValue('');
}

/**
 * Presses "Try all now" after `comeBack` has made Partoo reachable again. Deskbell looks by itself too; Partoo answers
 * when the button is pressed and not before, so that it is still there to be pressed.
 */
export async function tryAllNow(
  desk: Desk,
  { vendor }: Installation,
  vendorClock: FakeClock,
  comeBack: () => Promise<void>,
): Promise<void> {
  const before = vendor.received().length;
  vendor.fault({ kind: 'slow', delayMs: SECOND_MS, times: 1 });
  await comeBack();
  await desk.button('Try all now').click();
  await expect.poll(() => vendor.received().length).toBeGreaterThan(before);
  await vendorClock.advance(SECOND_MS);
}
