import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aPhone, NINE, openTestApp, valueOf, type TestApp } from '../support/app.ts';

/** A desk at which a person chooses the one file that `list` names. */
async function openTestAppWithList() {
  let path: string | undefined;
  const testApp = await openTestApp({ chooseList: () => path, chooseFile: () => path });
  return {
    testApp,
    choose: (text: string | null) => {
      path = text === null ? undefined : join(testApp.folder, 'list.csv');
      if (path !== undefined && text !== '') writeFileSync(path, text ?? '');
      return path ?? '';
    },
  };
}

const list = async (testApp: TestApp, text = '') =>
  valueOf(await testApp.call('doNotContact.list', { text, before: null }));
const readFile = async (testApp: TestApp) => {
  const reading = valueOf(await testApp.call('doNotContact.previewImport', { as: 'csv' }));
  if (reading.kind !== 'read') throw new Error(reading.kind);
  return reading;
};

describe('an imported do-not-contact list', () => {
  test('is added as a whole after its report was seen, and applies at once (row 85)', async () => {
    const { testApp, choose } = await openTestAppWithList();
    valueOf(await testApp.call('doNotContact.add', { phone: aPhone(1) }));
    choose(
      "\uFEFFPhone;Name\r\n'+33639980001;x\r\n0639980002;y\r\n06 39 98 00 02;z\r\nnobody;\r\n",
    );
    const reading = await readFile(testApp);
    expect(reading).toMatchObject({
      fileName: 'list.csv',
      fresh: 1,
      known: 1,
      doubled: 1,
      problemCount: 1,
      problems: [{ line: 5, why: 'no-number', text: 'nobody' }],
    });
    expect(await list(testApp)).toMatchObject({ count: 1 });

    const { token } = reading;
    expect(valueOf(await testApp.call('doNotContact.confirmImport', { token }))).toEqual({
      added: 1,
    });
    expect(await testApp.call('invitation.enqueue', testApp.draft(2))).toMatchObject({
      failure: { kind: 'not-allowed', verdict: { ruling: { kind: 'do-not-contact' } } },
    });
    expect(await testApp.call('doNotContact.confirmImport', { token })).toMatchObject({
      ok: false,
    });
  });

  test('of 50,000 lines is read while Deskbell stays usable, and is added in one step (row 85)', async () => {
    const { testApp, choose } = await openTestAppWithList();
    const lines = Array.from(
      { length: 50_000 },
      (_, at) => `+3361${String(at).padStart(7, '0')};x`,
    );
    choose(['Mobile;Name', ...lines].join('\n'));
    const reading = testApp.call('doNotContact.previewImport', { as: 'csv' });
    await testApp.invite(1);
    const value = valueOf(await reading);
    if (value.kind !== 'read') throw new Error(value.kind);
    expect(value.fresh + value.problemCount).toBe(50_000);
    const { token } = value;
    expect(valueOf(await testApp.call('doNotContact.confirmImport', { token })).added).toBe(
      value.fresh,
    );
    expect((await list(testApp)).count).toBe(value.fresh);
  });

  test.each([
    ['a cancelled dialog', null, { kind: 'cancelled' }],
    ['a missing file', '', { kind: 'unreadable', why: 'failed' }],
    [
      'a file that is far too large',
      'x'.repeat(17 * 1024 * 1024),
      { kind: 'unreadable', why: 'too-large' },
    ],
  ])('%s: imports nothing', async (_what, text, expected) => {
    const { testApp, choose } = await openTestAppWithList();
    choose(text);
    expect(valueOf(await testApp.call('doNotContact.previewImport', { as: 'csv' }))).toEqual(
      expected,
    );
    expect((await list(testApp)).count).toBe(0);
  });
});

test('asks a person for the columns of an unclear file, and remembers the choice [row 152]', async () => {
  const { testApp, choose } = await openTestAppWithList();
  const read = async (text: string) => {
    choose(text);
    const reading = valueOf(await testApp.call('doNotContact.previewImport', { as: 'csv' }));
    if (reading.kind !== 'columns') throw new Error(reading.kind);
    return reading;
  };
  const text = 'Dossier;Contact;Nom\n2026110412;639980001;Marie\n2026110413;639980002;Jean\n';
  const { token, columns, fileName } = await read(text);
  expect({ fileName, columns }).toEqual({
    fileName: 'list.csv',
    columns: [
      {
        at: 0,
        heading: 'Dossier',
        samples: ['2026110412', '2026110413'],
        numbers: 0,
        isTaken: false,
      },
      {
        at: 1,
        heading: 'Contact',
        samples: ['639980001', '639980002'],
        numbers: 2,
        isTaken: false,
      },
    ],
  });
  // Nothing is imported before the choice.
  expect(valueOf(await testApp.call('doNotContact.confirmImport', { token }))).toEqual({
    added: 0,
  });
  const again = await read(text);
  expect(
    valueOf(await testApp.call('doNotContact.chooseColumns', { token: again.token, columns: [1] })),
  ).toMatchObject({ kind: 'read', fresh: 2, problemCount: 0 });
  expect(valueOf(await testApp.call('doNotContact.confirmImport', { token: again.token }))).toEqual(
    {
      added: 2,
    },
  );
  await testApp.restart();
  const next = await read('dossier ;CONTACT;Nom\n2026110414;639980003;Léa\n');
  expect(next.columns.map(({ isTaken }) => isTaken)).toEqual([false, true]);
  expect(
    await testApp.call('doNotContact.chooseColumns', { token: again.token, columns: [1] }),
  ).toMatchObject({ failure: { kind: 'ticket' } });
});

test('reports a workbook and imports nothing [row 150]', async () => {
  const { testApp, choose } = await openTestAppWithList();
  choose('PK\u0003\u0004\u0014\u0000\u0006\u0000');
  expect(valueOf(await testApp.call('doNotContact.previewImport', { as: 'csv' }))).toEqual({
    kind: 'unreadable',
    why: 'no-table',
  });
});

test('an exported list imports unchanged, with dates and colleagues', async () => {
  const { testApp, choose } = await openTestAppWithList();
  choose("phone;since;staff\n+33639980001;2026-01-02T10:00:00Z;'=Léa\n0639980002;;");
  const { token } = await readFile(testApp);
  valueOf(await testApp.call('doNotContact.confirmImport', { token }));
  const before = await list(testApp);
  expect(before.entries).toMatchObject([
    { phone: aPhone(2), since: NINE, staff: null },
    { phone: aPhone(1), since: Date.UTC(2026, 0, 2, 10), staff: '=Léa' },
  ]);

  const path = choose('');
  const exported = valueOf(await testApp.call('doNotContact.export', { as: 'csv' }));
  expect(exported).toEqual({ kind: 'saved', fileName: 'list.csv', count: 2 });
  expect(readFileSync(path, 'utf8')).toContain("'+33639980001,");
  for (const last of [1, 2]) {
    valueOf(await testApp.call('doNotContact.remove', { phone: aPhone(last) }));
  }
  const again = await readFile(testApp);
  valueOf(await testApp.call('doNotContact.confirmImport', { token: again.token }));
  expect((await list(testApp)).entries).toEqual(before.entries);
});

test('searches the list by any part of a number, page by page', async () => {
  const { testApp, choose } = await openTestAppWithList();
  choose(Array.from({ length: 100 }, (_, at) => aPhone(at)).join('\n') + '\n+33639980100');
  const { token } = await readFile(testApp);
  valueOf(await testApp.call('doNotContact.confirmImport', { token }));
  const first = await list(testApp);
  expect(first).toMatchObject({ count: 101 });
  expect(first.entries).toHaveLength(100);
  const rest = valueOf(await testApp.call('doNotContact.list', { text: '', before: first.next }));
  expect(rest).toMatchObject({ entries: [{}], next: null });
  expect(await list(testApp, '06 39 98 00 42')).toMatchObject({ entries: [{ phone: aPhone(42) }] });
  expect(await list(testApp, '0042')).toMatchObject({ count: 1 });
  expect(await list(testApp, "'; DROP TABLE")).toMatchObject({ count: 101 });
});

test('with a PIN, only a manager reads, shortens or changes the list', async () => {
  const { testApp, choose } = await openTestAppWithList();
  choose('0639980001');
  const { token } = await readFile(testApp);
  valueOf(await testApp.call('pin.save', { current: null, next: '4711' }));
  valueOf(await testApp.call('settings.lock', {}));
  const answers = await Promise.all([
    testApp.call('doNotContact.list', { text: '', before: null }),
    testApp.call('doNotContact.add', { phone: aPhone(1) }),
    testApp.call('doNotContact.remove', { phone: aPhone(1) }),
    testApp.call('doNotContact.export', { as: 'csv' }),
    testApp.call('doNotContact.previewImport', { as: 'csv' }),
    testApp.call('doNotContact.confirmImport', { token }),
  ]);
  expect(answers.map((answer) => (answer.ok ? 'ok' : answer.failure.kind))).toEqual(
    answers.map(() => 'pin-needed'),
  );
});
