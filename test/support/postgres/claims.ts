import { randomUUID } from 'node:crypto';
import { aClaim, type TestDesk } from './site-database.ts';

/** A claim by a desk, and the invitation that it is for. */
export async function claim(
  desk: TestDesk,
  key: string,
  changes: Parameters<typeof aClaim>[1] = {},
): Promise<{
  readonly invitation: string;
  readonly answer: Awaited<ReturnType<TestDesk['call']>>;
}> {
  const invitation = changes.invitation ?? randomUUID();
  const answer = await desk.call('claim', ...aClaim(key, { ...changes, invitation }));
  return { invitation, answer };
}

/** An SMS that a desk has claimed and settled; returns its invitation. */
export async function sent(
  desk: TestDesk,
  key: string,
  at = Date.now(),
  proved = true,
): Promise<string> {
  const { invitation } = await claim(desk, key);
  await desk.call('settle', invitation, 1, at, proved, randomUUID());
  return invitation;
}
