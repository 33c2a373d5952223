import { readdirSync, readFileSync, writeFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStateFile } from '../../electron/practice/state-file.ts';
import { openSimulator } from '../../electron/practice/simulator.ts';
import { EVERYTHING } from '../../shared/history-query.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { aPhone, configWith, NINE, openTestApp, valueOf, type TestApp } from '../support/app.ts';
import { createFakeClock } from '../support/clock.ts';
import { temporaryFolder } from '../support/builders/store.ts';

async function sent(testApp: TestApp, last: number, name = 'Marie Dupont') {
  const invitation = await testApp.invite(last, { name });
  await testApp.rest();
  return testApp.find(invitation.id);
}

async function find(testApp: TestApp, text: string) {
  const filter = { ...EVERYTHING, text };
  return valueOf(await testApp.call('history.list', { filter, before: null, limit: 50 }))
    .invitations;
}

const phone = aPhone(12);
const MIDNIGHTS = [NINE - 9 * HOUR_MS, NINE + 15 * HOUR_MS];

describe('erasing a customer', () => {
  test('removes them from every file, keeps the count, and allows a first invitation again', async () => {
    const testApp = await openTestApp();
    await sent(testApp, 12, 'Canary Zwirbel');
    const other = await sent(testApp, 13);
    expect(
      valueOf(await testApp.call('customer.erase', { phone, refusal: 'forgotten', pin: null })),
    ).toEqual({
      invitations: 1,
      elsewhere: 'none',
    });
    expect(testApp.emitted()).toContain('app.changed');
    expect((await testApp.invitations()).map((one) => one.id)).toEqual([other.id]);
    const { tallies, waiting } = valueOf(
      await testApp.call('history.dailyCounts', { instants: MIDNIGHTS }),
    );
    expect(tallies).toMatchObject([{ accepted: 2 }]);
    expect(waiting).toBe(0);
    for (const name of readdirSync(testApp.folder).filter((file) => file.startsWith('deskbell.db')))
      expect(readFileSync(join(testApp.folder, name), 'latin1')).not.toMatch(/Zwirbel|39980012/);
    const again = await testApp.call('customer.erase', { phone, refusal: 'forgotten', pin: null });
    expect(again).toEqual({ ok: true, value: { invitations: 0, elsewhere: 'none' } });
  });

  test("in practice also removes them from the simulator's file", async () => {
    const file = join(temporaryFolder(), 'simulator.json');
    const testApp = await openTestApp({
      key: null,
      openSimulator: () =>
        openSimulator({ clock: createFakeClock(NINE), memory: openStateFile(file) }),
    });
    await testApp.invite(12);
    await testApp.rest();
    await testApp.invite(13);
    await testApp.rest();
    expect(readFileSync(file, 'utf8')).toContain(aPhone(12));
    valueOf(await testApp.call('customer.erase', { phone, refusal: 'forgotten', pin: null }));
    expect(readFileSync(file, 'utf8')).not.toContain(aPhone(12));
    expect(readFileSync(file, 'utf8')).toContain(aPhone(13));
    await testApp.invite(12);
  });

  test('cancels their waiting SMS', async () => {
    const testApp = await openTestApp();
    await testApp.vendor.refuseConnections();
    await testApp.invite(12);
    await testApp.rest();
    valueOf(await testApp.call('customer.erase', { phone, refusal: 'kept', pin: null }));
    await testApp.vendor.acceptConnections();
    await testApp.call('outbox.flush', {});
    await testApp.clock.advance(HOUR_MS);
    expect(testApp.vendor.sms()).toEqual([]);
    const refused = await testApp.call('invitation.enqueue', testApp.draft(12));
    expect(refused).toMatchObject({
      failure: { kind: 'not-allowed', verdict: { ruling: { kind: 'do-not-contact' } } },
    });
  });

  test('is refused while their SMS is being sent', async () => {
    const testApp = await openTestApp();
    testApp.vendor.fault({ kind: 'hang', times: 1, path: '/review_booster/send_invitation' });
    const { id } = await testApp.invite(12);
    await expect.poll(async () => (await testApp.find(id)).progress.state).toBe('sending');
    const answer = await testApp.call('customer.erase', { phone, refusal: 'forgotten', pin: null });
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'sending' } });
    testApp.leaveUnderWay();
  });

  test('is refused, like a new invitation, while a lost answer may still be an SMS [row 130]', async () => {
    const testApp = await openTestApp();
    testApp.vendor.fault({
      kind: 'drop-before-reading',
      times: 1,
      path: '/review_booster/send_invitation',
    });
    const { id } = await testApp.invite(12);
    await testApp.rest();
    expect((await testApp.find(id)).progress.state).toBe('unconfirmed');
    const erase = () => testApp.call('customer.erase', { phone, refusal: 'forgotten', pin: null });
    expect(await erase()).toMatchObject({ failure: { kind: 'unconfirmed' } });
    expect(await testApp.call('invitation.enqueue', testApp.draft(12))).toMatchObject({
      ok: false,
    });
  });
});

describe('an invitation older than the retention', () => {
  const keeping = (retentionDays: number) => ({
    config: (apiUrl: string) => configWith(apiUrl, { retentionDays }),
  });

  test('is purged daily and stays in the counts', async () => {
    const testApp = await openTestApp(keeping(11));
    await sent(testApp, 12);
    await testApp.clock.advance(5 * DAY_MS);
    await sent(testApp, 13);
    await testApp.clock.advance(5 * DAY_MS);
    expect(await testApp.invitations()).toHaveLength(2);
    await testApp.clock.advance(2 * DAY_MS);
    expect(await find(testApp, '39980012')).toEqual([]);
    expect(await testApp.invitations()).toHaveLength(1);
    const { tallies } = valueOf(await testApp.call('history.dailyCounts', { instants: MIDNIGHTS }));
    expect(tallies).toMatchObject([{ accepted: 1 }]);
  });

  test('is purged soon after a start', async () => {
    const testApp = await openTestApp(keeping(30));
    await sent(testApp, 12);
    await testApp.clock.advance(20 * DAY_MS);
    testApp.writeConfig(configWith(testApp.vendor.apiUrl.href, { retentionDays: 11 }));
    await testApp.restart();
    expect(await testApp.invitations()).toHaveLength(1);
    await testApp.clock.advance(2 * MINUTE_MS);
    expect(await testApp.invitations()).toEqual([]);
  });

  test('stays while the time of this PC is not confirmed (row 73)', async () => {
    const testApp = await openTestApp(keeping(11));
    await sent(testApp, 12);
    await testApp.vendor.refuseConnections();
    await testApp.restart();
    testApp.clock.jump(365 * DAY_MS);
    await testApp.clock.advance(3 * HOUR_MS);
    expect(await testApp.invitations()).toHaveLength(1);
  });
});

describe('exporting the history', () => {
  test('writes the filtered rows to a file that is safe in a spreadsheet', async () => {
    const path = join(temporaryFolder(), 'list.csv');
    const testApp = await openTestApp({ chooseFile: () => path });
    await sent(testApp, 12, '=HYPERLINK("http://x")');
    await sent(testApp, 13, 'Jean, Paul');
    const filter = { ...EVERYTHING, text: '39980012' };
    const answer = valueOf(await testApp.call('history.export', { filter }));
    expect(answer).toEqual({ kind: 'saved', rows: 1, fileName: 'list.csv' });
    const [head, line, end] = readFileSync(path, 'utf8').split('\r\n');
    expect(head).toMatch(/^\uFEFFSaved,Phone number,Customer name,State,/);
    expect(line).toContain(`,'${aPhone(12)},"'=HYPERLINK(""http://x"")",Accepted,`);
    expect(end).toBe('');
    expect(readdirSync(join(path, '..'))).toEqual(['list.csv']);
  });

  test('uses a semicolon for an English Deskbell on a French system [row 155]', async () => {
    const path = join(temporaryFolder(), 'list.csv');
    const testApp = await openTestApp({ chooseFile: () => path, regionalFormat: 'fr-FR' });
    await sent(testApp, 12);
    valueOf(await testApp.call('history.export', { filter: EVERYTHING }));
    expect(readFileSync(path, 'utf8')).toMatch(/^\uFEFFSaved;Phone number;Customer name;/);
  });

  test('leaves no file when it is cancelled or fails', async () => {
    const folder = temporaryFolder();
    const paths = [undefined, join(folder, 'nowhere', 'list.csv')];
    const testApp = await openTestApp({ chooseFile: () => paths.shift() });
    await sent(testApp, 12);
    const start = () => testApp.call('history.export', { filter: EVERYTHING });
    expect(valueOf(await start())).toEqual({ kind: 'cancelled' });
    expect(await start()).toMatchObject({ failure: { kind: 'export', why: 'failed' } });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')(
    'does not follow a link planted at the path of its unfinished file',
    async () => {
      const folder = temporaryFolder();
      const [path, victim] = [join(folder, 'list.csv'), join(folder, 'victim')];
      writeFileSync(victim, 'untouched');
      for (const name of ['list.csv', 'list.csv.part']) symlinkSync(victim, join(folder, name));
      const testApp = await openTestApp({ chooseFile: () => path });
      await sent(testApp, 1);
      const exported = valueOf(await testApp.call('history.export', { filter: EVERYTHING }));
      expect(exported).toMatchObject({ kind: 'saved', rows: 1 });
      expect(readFileSync(victim, 'utf8')).toBe('untouched');
      expect(readFileSync(path, 'utf8')).toContain(aPhone(1));
    },
  );

  test('can be cancelled, and the earlier file stays', async () => {
    const path = join(temporaryFolder(), 'list.csv');
    writeFileSync(path, 'before');
    const testApp = await openTestApp({ chooseFile: () => path });
    for (let last = 0; last < 5; last += 1) await sent(testApp, last);
    const running = testApp.call('history.export', { filter: EVERYTHING });
    const second = await testApp.call('history.export', { filter: EVERYTHING });
    expect(second).toMatchObject({ failure: { kind: 'export-busy' } });
    await testApp.call('history.cancelExport', {});
    expect(valueOf(await running)).toEqual({ kind: 'cancelled' });
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(dirname(path)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
