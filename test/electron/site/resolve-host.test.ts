import { expect, test } from 'vitest';
import { createHostResolver } from '../../../electron/site/resolve-host.ts';
import { createFakeClock } from '../../support/clock.ts';

function aResolver() {
  const clock = createFakeClock(0);
  const asked: ((addresses: readonly string[] | Error) => void)[] = [];
  const resolve = createHostResolver({
    clock,
    lookup: () =>
      new Promise((answer, fail) => {
        asked.push((result) => (result instanceof Error ? fail(result) : answer(result)));
      }),
  });
  return { clock, asked, resolve };
}

test('an address needs no lookup', async () => {
  const { asked, resolve } = aResolver();
  expect(await resolve('10.0.0.1', 100)).toEqual({ kind: 'addresses', addresses: ['10.0.0.1'] });
  expect(await resolve('::1', 100)).toEqual({ kind: 'addresses', addresses: ['::1'] });
  expect(asked).toHaveLength(0);
});

test('[row 270] a name that is not known fails, and is looked up again the next time', async () => {
  const { asked, resolve } = aResolver();
  const first = resolve('db.example', 100);
  asked[0]?.(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
  expect(await first).toEqual({ kind: 'failed', fault: 'dns' });
  const second = resolve('db.example', 100);
  asked[1]?.(['10.0.0.2']);
  expect(await second).toEqual({ kind: 'addresses', addresses: ['10.0.0.2'] });
});

test('[row 270] a DNS server that hangs ends the wait, holds one lookup only, and the last known addresses are used', async () => {
  const { clock, asked, resolve } = aResolver();
  const first = resolve('db.example', 100);
  await clock.advance(100);
  expect(await first).toEqual({ kind: 'failed', fault: 'dns-timeout' });
  const second = resolve('db.example', 100);
  expect(asked).toHaveLength(1);
  asked[0]?.(['10.0.0.3']);
  expect(await second).toEqual({ kind: 'addresses', addresses: ['10.0.0.3'] });
  const third = resolve('db.example', 100);
  await clock.advance(100);
  expect(await third).toEqual({ kind: 'addresses', addresses: ['10.0.0.3'] });
});
