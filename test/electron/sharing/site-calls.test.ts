import { describe, expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts';
import { aSharingDesk } from '../../support/builders/site-calls.ts';

const answered = async () => ({ kind: 'answer', answer: { is: 'kept', known: true } }) as const;
const late = async () => ({ kind: 'no-answer', fault: 'overloaded' }) as const;

describe('[row 294] claims that alone have no answer', () => {
  /** Claims every five seconds; another call is answered in between. */
  async function claimInVain(desk: ReturnType<typeof aSharingDesk>, times: number) {
    for (let nth = 0; nth < times; nth += 1) {
      await desk.calls.call<'settle'>(late, 'claim');
      await desk.calls.call<'settle'>(answered);
      await desk.clock.advance(5 * SECOND_MS);
    }
  }

  test('make this desk count as apart after 30 seconds, and it claims again later', async () => {
    const desk = aSharingDesk();
    await claimInVain(desk, 5);
    expect(desk.calls.apart()).toBeUndefined();
    await claimInVain(desk, 2);
    expect(desk.calls.apart()).toMatchObject({ cause: 'overloaded' });
    expect(desk.calls.silence()).toBeUndefined();
    await desk.clock.advance(6 * MINUTE_MS);
    expect(desk.calls.apart()).toBeUndefined();
    await claimInVain(desk, 7);
    expect(desk.calls.apart()).toBeDefined();
    await desk.calls.call<'settle'>(answered, 'claim');
    expect(desk.calls.apart()).toBeUndefined();
  });

  test('are not a fault of their own where nothing had an answer', async () => {
    const desk = aSharingDesk();
    for (let nth = 0; nth < 10; nth += 1) {
      await desk.calls.call<'settle'>(late, 'claim');
      await desk.clock.advance(5 * SECOND_MS);
    }
    expect(desk.calls.apart()).toBeDefined();
    await desk.calls.call<'settle'>(answered);
    expect(desk.calls.apart()).toBeUndefined();
  });
});

test('[row 291] reads the keychain again when its credentials are refused, and keeps its keys until then', async () => {
  let opened = 0;
  const desk = aSharingDesk({}, () => {
    opened += 1;
  });
  await desk.calls.call<'settle'>(answered);
  await desk.calls.call<'settle'>(late);
  await desk.calls.call<'settle'>(answered);
  expect(opened).toBe(1);
  await desk.calls.call<'settle'>(async () => ({ kind: 'no-answer', fault: 'revoked' }));
  expect(desk.calls.keys()).toBeDefined();
  expect(desk.calls.apart()).toMatchObject({ cause: 'removed' });
  expect(await desk.calls.call<'settle'>(answered)).toMatchObject({ is: 'kept' });
  expect(opened).toBe(2);
});

test('[row 298] does not use another site database before it has begun to share with it', async () => {
  let isFull = true;
  const desk = aSharingDesk({}, () => {
    if (isFull) throw new Error('the disk is full');
  });
  await expect(desk.calls.call<'settle'>(answered)).rejects.toThrow('the disk is full');
  await expect(desk.calls.call<'settle'>(answered)).rejects.toThrow('the disk is full');
  isFull = false;
  expect(await desk.calls.call<'settle'>(answered)).toMatchObject({ is: 'kept' });
  expect(desk.store.readSharing()).toMatchObject({ change: 0 });
});

test('[row 295] a desk that stops begins no further call', async () => {
  const desk = aSharingDesk();
  await desk.calls.call<'settle'>(answered);
  desk.calls.stop();
  let asked = 0;
  const answer = await desk.calls.call<'settle'>(async () => {
    asked += 1;
    return answered();
  });
  expect([answer, asked]).toEqual([undefined, 0]);
});
