import { SECOND_MS } from '../../shared/time.ts';
import type { FakeClock } from './clock.ts';
import { expect } from './expect.ts';
import type { RunningApp, Installation } from './installation.ts';

/** Types an invitation and presses Enter; resolves when it is saved. */
export async function invite(
  app: RunningApp,
  phone: string,
  name: string,
  verdict = /no earlier invitation/i,
): Promise<void> {
  await app.tab('Invite').click();
  await app.phone.pressSequentially(phone);
  await app.customerName.fill(name);
  await expect(app.verdict).toContainText(verdict);
  await app.customerName.press('Enter');
  await expect(app.phone).toHaveValue('');
}

/**
 * Presses "Try all now" after `comeBack` has made Partoo reachable again. Deskbell also tries by itself; Partoo answers
 * only when the button is pressed, so that the button is still there.
 */
export async function tryAllNow(
  app: RunningApp,
  { vendor }: Installation,
  vendorClock: FakeClock,
  comeBack: () => Promise<void>,
): Promise<void> {
  const before = vendor.received().length;
  vendor.fault({ kind: 'slow', delayMs: SECOND_MS, times: 1 });
  await comeBack();
  await app.button('Try all now').click();
  await expect.poll(() => vendor.received().length).toBeGreaterThan(before);
  await vendorClock.advance(SECOND_MS);
}
