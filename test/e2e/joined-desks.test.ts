import { afterAll, beforeAll, expect as expectValue, test } from 'vitest';
import { formatSecret, makeSecret } from '../../electron/site/site-keys.ts';
import { expect } from '../support/expect.ts';
import type { Installation } from '../support/installation.ts';
import {
  createSiteDatabase,
  DESK_PASSWORD,
  type TestSiteDatabase,
} from '../support/postgres/site-database.ts';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

let db: TestSiteDatabase;
beforeAll(async () => {
  db = await createSiteDatabase();
});
afterAll(() => db.close());

const secret = formatSecret(makeSecret());

/** A PC that has joined the site database on the command line, over a connection that the test can cut. */
async function aJoinedPc(
  apiUrl?: string,
): Promise<{ installation: Installation; proxy: TcpProxy }> {
  // Both desks of this test have one keychain: the port tells their entries apart.
  const proxy = await openTcpProxy(db.server.port);
  const url = `postgresql://deskbell_desk@127.0.0.1:${proxy.port}/${db.name}`;
  const partoo = apiUrl === undefined ? {} : { apiUrl };
  const installation = await anInstallation({ settings: { siteDatabase: { url }, ...partoo } });
  const { rows } = await db.admin.query<{ code: string }>(
    "select deskbell_admin.new_enrolment('lille', 'Lille centre') as code",
  );
  const input = [DESK_PASSWORD, secret, rows[0]?.code].join('\n');
  const joined = await installation.run({ switches: ['--join-site-database'] }, input);
  expectValue(joined).toMatchObject({ code: 0 });
  return { installation, proxy };
}

test('two PCs join on the command line, and know of each other’s SMS and refusals', async () => {
  const first = await aJoinedPc();
  const second = await aJoinedPc();
  const one = await first.installation.open();
  const two = await second.installation.open();
  await invite(one, '0639980041', 'Marie Dupont');
  await expect(one.result).toContainText(/accepted/i);

  await two.phone.pressSequentially('0639980041');
  await expect(two.verdict).toContainText(/invited .* at /i);
  await two.phone.fill('');
  await one.phone.pressSequentially('0639980042');
  await one.phone.press('Control+d');
  await expect(one.result).toContainText(/do-not-contact/i);
  await expect
    .poll(async () => (await db.admin.query('select 1 from deskbell.refusal')).rowCount)
    .toBe(1);
  await two.phone.pressSequentially('0639980042');
  await expect(two.verdict).toContainText(/said no/i);

  // Nobody at the desk is held up by a database that is away.
  second.proxy.behave('refuse');
  second.proxy.cut();
  await two.phone.fill('');
  await invite(two, '0639980043', 'Paul Martin');
  await expect(two.page.getByRole('status', { name: 'Other desks' })).toContainText(
    /have not been reached/i,
    { timeout: 60_000 },
  );
  await expect(two.result).toContainText(/accepted/i, { timeout: 60_000 });

  const left = await second.installation.run({ switches: ['--leave-site-database'] });
  expectValue(left).toMatchObject({ code: 0 });
  expectValue((await first.installation.run({ switches: ['--leave-site-database'] })).code).toBe(0);
});
