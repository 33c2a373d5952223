import { describe, expect, test } from 'vitest';
import { createIpcClient } from '../../../renderer/ipc/client.ts';
import { createFakeBridge } from '../fake-bridge.ts';
import { PHONE, sampleInvitation } from '../samples.ts';

function openClient(answers: Parameters<typeof createFakeBridge>[0]) {
  const fake = createFakeBridge(answers);
  const bugs: string[] = [];
  const ipc = createIpcClient(fake.bridge, (reference) => bugs.push(reference));
  return { ...fake, ipc, bugs };
}

const question = { phone: PHONE, name: '', businessId: 'b1', replaces: null };

describe('a call', () => {
  test('returns the value that main sent', async () => {
    const verdict = {
      ruling: { kind: 'never' },
      otherName: null,
      waitsUntil: null,
      waitsFor: null,
      knownSince: null,
      refusedAt: null,
      waitsElsewhere: null,
    };
    const { ipc, asked, bugs } = openClient({
      'verdict.check': () => ({ ok: true, value: verdict }),
    });
    expect(await ipc.call('verdict.check', question)).toEqual({ ok: true, value: verdict });
    expect(asked).toEqual([['verdict.check', question]]);
    expect(bugs).toEqual([]);
  });

  test('returns the failure that main sent', async () => {
    const failure = { kind: 'storage', why: 'full' };
    const { ipc } = openClient({ 'verdict.check': () => ({ ok: false, failure }) });
    expect(await ipc.call('verdict.check', question)).toEqual({ ok: false, failure });
  });

  test.each([
    ['a value of another shape', { ok: true, value: { ruling: { kind: 'never' } } }],
    ['a failure that the call does not have', { ok: false, failure: { kind: 'too-late' } }],
    ['neither value nor failure', { ok: true }],
    ['nothing', undefined],
    ['a text', 'ok'],
  ])('returns a bug when main sends %s', async (_, raw) => {
    const { ipc, bugs } = openClient({ 'verdict.check': () => raw });
    const reference = 'page/verdict.check/reply';
    expect(await ipc.call('verdict.check', question)).toEqual({
      ok: false,
      failure: { kind: 'bug', reference },
    });
    expect(bugs).toEqual([reference]);
  });

  test('is not sent with an input outside the contract', async () => {
    const { ipc, asked } = openClient({});
    const answer = await ipc.call('apiKey.save', { key: 'k'.repeat(5_000) });
    expect(answer).toEqual({
      ok: false,
      failure: { kind: 'bug', reference: 'page/apiKey.save/input' },
    });
    expect(asked).toEqual([]);
  });

  test('never rejects, even when main has ended', async () => {
    const { ipc } = openClient({
      'outbox.list': () => {
        throw new Error('no handler');
      },
    });
    expect(await ipc.call('outbox.list', {})).toEqual({
      ok: false,
      failure: { kind: 'bug', reference: 'page/outbox.list' },
    });
  });
});

describe('an event', () => {
  test('arrives parsed and in order', async () => {
    const { ipc, emit } = openClient({});
    const first = sampleInvitation();
    const second = sampleInvitation();
    const heard = await new Promise((resolve) => {
      const ids: string[] = [];
      ipc.on('invitation.changed', ({ id }) => {
        ids.push(id);
        if (ids.length === 2) resolve(ids);
      });
      emit('invitation.changed', first);
      emit('invitation.changed', second);
    });
    expect(heard).toEqual([first.id, second.id]);
  });

  test('of another shape is reported and not delivered', async () => {
    const fake = createFakeBridge({});
    const heard: unknown[] = [];
    const reported = await new Promise((resolve) => {
      const ipc = createIpcClient(fake.bridge, resolve);
      ipc.on('connection.changed', (connection) => heard.push(connection));
      fake.emit('connection.changed', { kind: 'fine' });
    });
    expect(reported).toBe('page/connection.changed');
    expect(heard).toEqual([]);
  });

  test('is not delivered after the listener was removed, even when it was on its way', async () => {
    const { ipc, emit, listening } = openClient({ 'outbox.list': () => ({ ok: true, value: [] }) });
    const heard: unknown[] = [];
    const stop = ipc.on('app.changed', (detail) => heard.push(detail));
    emit('app.changed', {});
    stop();
    await ipc.call('outbox.list', {});
    expect(heard).toEqual([]);
    expect(listening('app.changed')).toBe(0);
  });
});
