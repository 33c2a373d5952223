import { describe, expect, test } from 'vitest';
import { createIpcClient } from '../../../renderer/ipc/client.ts';
import { createFakeBridge } from '../fake-bridge.ts';
import { PHONE, sampleInvitation } from '../samples.ts';

function openDesk(answers: Parameters<typeof createFakeBridge>[0]) {
  const fake = createFakeBridge(answers);
  const bugs: string[] = [];
  const desk = createIpcClient(fake.bridge, (reference) => bugs.push(reference));
  return { ...fake, desk, bugs };
}

const question = { phone: PHONE, name: '', businessId: 'b1', replaces: null };

describe('a call', () => {
  test('gives the value that main sent', async () => {
    const verdict = {
      ruling: { kind: 'never' },
      otherName: null,
      waitsUntil: null,
      waitsFor: null,
      knownSince: null,
      refusedAt: null,
    };
    const { desk, asked, bugs } = openDesk({
      'verdict.check': () => ({ ok: true, value: verdict }),
    });
    expect(await desk.call('verdict.check', question)).toEqual({ ok: true, value: verdict });
    expect(asked).toEqual([['verdict.check', question]]);
    expect(bugs).toEqual([]);
  });

  test('gives the failure that main sent', async () => {
    const failure = { kind: 'storage', why: 'full' };
    const { desk } = openDesk({ 'verdict.check': () => ({ ok: false, failure }) });
    expect(await desk.call('verdict.check', question)).toEqual({ ok: false, failure });
  });

  test.each([
    ['a value of another shape', { ok: true, value: { ruling: { kind: 'never' } } }],
    ['a failure that the call does not have', { ok: false, failure: { kind: 'too-late' } }],
    ['neither value nor failure', { ok: true }],
    ['nothing', undefined],
    ['a text', 'ok'],
  ])('answers with a bug when main sends %s', async (_, raw) => {
    const { desk, bugs } = openDesk({ 'verdict.check': () => raw });
    const reference = 'page/verdict.check/reply';
    expect(await desk.call('verdict.check', question)).toEqual({
      ok: false,
      failure: { kind: 'bug', reference },
    });
    expect(bugs).toEqual([reference]);
  });

  test('does not leave the page with an input that the contract forbids', async () => {
    const { desk, asked } = openDesk({});
    const answer = await desk.call('apiKey.save', { key: 'k'.repeat(5_000) });
    expect(answer).toEqual({
      ok: false,
      failure: { kind: 'bug', reference: 'page/apiKey.save/input' },
    });
    expect(asked).toEqual([]);
  });

  test('never rejects, even when main is gone', async () => {
    const { desk } = openDesk({
      'outbox.list': () => {
        throw new Error('no handler');
      },
    });
    expect(await desk.call('outbox.list', {})).toEqual({
      ok: false,
      failure: { kind: 'bug', reference: 'page/outbox.list' },
    });
  });
});

describe('an event', () => {
  test('comes parsed and in order', async () => {
    const { desk, emit } = openDesk({});
    const first = sampleInvitation();
    const second = sampleInvitation();
    const heard = await new Promise((resolve) => {
      const ids: string[] = [];
      desk.on('invitation.changed', ({ id }) => {
        ids.push(id);
        if (ids.length === 2) resolve(ids);
      });
      emit('invitation.changed', first);
      emit('invitation.changed', second);
    });
    expect(heard).toEqual([first.id, second.id]);
  });

  test('of another shape is reported and not heard', async () => {
    const fake = createFakeBridge({});
    const heard: unknown[] = [];
    const reported = await new Promise((resolve) => {
      const desk = createIpcClient(fake.bridge, resolve);
      desk.on('connection.changed', (connection) => heard.push(connection));
      fake.emit('connection.changed', { kind: 'fine' });
    });
    expect(reported).toBe('page/connection.changed');
    expect(heard).toEqual([]);
  });

  test('is not heard once the listener has gone, even when it was on its way', async () => {
    const { desk, emit, listening } = openDesk({ 'outbox.list': () => ({ ok: true, value: [] }) });
    const heard: unknown[] = [];
    const stop = desk.on('app.changed', (detail) => heard.push(detail));
    emit('app.changed', {});
    stop();
    await desk.call('outbox.list', {});
    expect(heard).toEqual([]);
    expect(listening('app.changed')).toBe(0);
  });
});
