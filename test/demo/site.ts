import type { Locator } from 'playwright';
import { formatSecret, makeSecret } from '../../electron/site/site-keys.ts';
import { expect } from '../support/expect.ts';
import { openInstallation, type Installation, type RunningApp } from '../support/installation.ts';
import { startPostgres, type PostgresServer } from '../support/postgres/server.ts';
import {
  createSiteDatabase,
  DESK_PASSWORD,
  type TestSiteDatabase,
} from '../support/postgres/site-database.ts';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { invite } from '../support/user-actions.ts';
import { oneLine, PICTURES, playSteps, say, type Step } from './steps.ts';

/** A desk is apart after 30 seconds; a hello follows a silence after a minute at the latest. */
const PATIENCE = { timeout: 120_000 };

const NAMES = ['Desk 1', 'Desk 2'] as const;
const MARIE = { phone: '0639980021', name: 'Marie Dupont' };
const JEAN = { phone: '0639980022', name: 'Jean Martin' };
const LEA = { phone: '0639980023', name: 'Léa Petit' };
const PAUL = { phone: '0639980024', name: 'Paul Girard' };

/** One of the two desks: its PC, and its window. */
type Desk = { readonly installation: Installation; readonly app: RunningApp };

type Site = {
  readonly server: PostgresServer;
  readonly db: TestSiteDatabase;
  readonly one: Desk;
  readonly two: Desk;
  /** The second desk is there no more. */
  isAlone: boolean;
};

const otherDesks = ({ app }: Desk): Locator =>
  app.page.getByRole('status', { name: 'Other desks', exact: true });
const smsOf = ({ one }: Site): number => one.installation.vendor.sms().length;
const expectSms = (site: Site, count: number): Promise<void> =>
  expect.poll(() => smsOf(site), PATIENCE).toBe(count);

const STEPS: readonly Step<Site>[] = [
  {
    says: 'Two desks of one site share a site database',
    play: async ({ one, two }) => {
      for (const desk of [one, two]) await expect(desk.app.phone).toBeFocused();
      return 'both have joined on the command line, and nothing looks different';
    },
  },
  {
    says: 'Marie says no at desk 1',
    play: async ({ one, two }) => {
      await one.app.phone.pressSequentially(MARIE.phone);
      await one.app.phone.press('Control+d');
      await expect(one.app.result).toContainText(/do-not-contact/i);
      await expect(async () => {
        await two.app.phone.fill('');
        await two.app.phone.pressSequentially(MARIE.phone);
        await expect(two.app.verdict).toContainText(/said no/i, { timeout: 5_000 });
      }).toPass(PATIENCE);
      return `desk 2 says: ${oneLine(await two.app.verdict.innerText())}`;
    },
  },
  {
    says: 'Jean’s number is typed at both desks in one second',
    play: async (site) => {
      const desks = [site.one.app, site.two.app];
      for (const app of desks) {
        await app.phone.fill('');
        await app.customerName.fill(JEAN.name);
        await app.phone.fill(JEAN.phone);
      }
      await Promise.all(desks.map((app) => app.phone.press('Enter')));
      for (const app of desks) await app.tab('Outbox').click();
      await expectSms(site, 1);
      await expect
        .poll(async () => {
          const counts = await Promise.all(desks.map((app) => app.rows.count()));
          return counts.toSorted((few, many) => few - many);
        }, PATIENCE)
        .toEqual([0, 1]);
      return 'Partoo has one SMS, and the other desk asks what to do';
    },
  },
  {
    says: 'The site database is killed; Léa leaves desk 2',
    play: async (site) => {
      const { server, two } = site;
      await server.kill();
      await invite(two.app, LEA.phone, LEA.name);
      await expect(otherDesks(two)).toContainText(/have not been reached/i, PATIENCE);
      await expectSms(site, 2);
      return `it was sent after a search; desk 2 says: ${oneLine(await otherDesks(two).innerText())}`;
    },
  },
  {
    says: 'The site database is back',
    play: async ({ server, one, two }) => {
      await server.start();
      for (const desk of [one, two]) await expect(otherDesks(desk)).toBeEmpty(PATIENCE);
      await one.app.tab('Invite').click();
      await expect(async () => {
        await one.app.phone.fill('');
        await one.app.phone.pressSequentially(LEA.phone);
        await expect(one.app.verdict).toContainText(/invited .* at /i, { timeout: 5_000 });
      }).toPass(PATIENCE);
      return `desk 1 says about Léa: ${oneLine(await one.app.verdict.innerText())}`;
    },
  },
  {
    says: 'Desk 2 is thrown away while Paul’s invitation waits there',
    play: async (site) => {
      const { server, db, one, two } = site;
      const admin = await server.connect(db.name);
      await one.installation.vendor.refuseConnections();
      await invite(two.app, PAUL.phone, PAUL.name);
      await expect
        .poll(async () => {
          const sql = "select 1 from deskbell.open_invitation where state = 'waiting'";
          return (await admin.query(sql)).rowCount;
        }, PATIENCE)
        .toBe(1);
      await two.app.kill();
      site.isAlone = true;
      // As if eleven minutes had passed: then the desk is silent.
      await admin.query(
        "update deskbell.desk set seen_at = now() - interval '11 minutes' where name = 'Desk 2'",
      );
      await admin.end();
      await one.installation.vendor.acceptConnections();
      await one.app.phone.fill('');
      await one.app.tab('Outbox').click();
      const group = one.app.page.getByRole('region', { name: 'At other desks of this site' });
      await expect(group.getByRole('button', { name: 'Take over' })).toHaveCount(1, PATIENCE);
      return `desk 1 lists it: ${oneLine(await group.innerText())}`;
    },
  },
  {
    says: 'Desk 1 takes it over',
    play: async (site) => {
      const { app } = site.one;
      await app.button('Take over').click();
      await expectSms(site, 3);
      await app.tab('History').click();
      await expect(app.row(PAUL.name)).toContainText(/accepted/i, PATIENCE);
      return 'Paul has one SMS, from desk 1';
    },
  },
];

const secret = formatSecret(makeSecret());

/** Sets up a PC that joins the site database on the command line, as IT does it, and opens its window. */
async function openDesk(parts: {
  readonly db: TestSiteDatabase;
  readonly name: string;
  /** Both desks have one keychain here: their ports tell their entries apart. */
  readonly proxy: TcpProxy;
  readonly beside?: Desk;
}): Promise<Desk> {
  const { db, name, proxy, beside } = parts;
  const url = `postgresql://deskbell_desk@127.0.0.1:${proxy.port}/${db.name}`;
  const apiUrl = beside?.installation.vendor.apiUrl.href;
  const installation = await openInstallation(
    apiUrl === undefined
      ? { settings: { siteDatabase: { url } } }
      : { settings: { siteDatabase: { url }, apiUrl }, key: 'absent' },
  );
  const { rows } = await db.admin.query<{ code: string }>(
    "select deskbell_admin.new_enrolment('lille', 'Lille centre') as code",
  );
  const input = [DESK_PASSWORD, secret, rows[0]?.code].join('\n');
  const { code, output } = await installation.run({ switches: ['--join-site-database'] }, input);
  if (code !== 0) throw new Error(output);
  // The command takes the name of the PC, which is the same for both here.
  await db.admin.query(
    'update deskbell.desk set name = $1 where id = (select max(id) from deskbell.desk)',
    [name],
  );
  return { installation, app: await installation.open() };
}

const server = await startPostgres({});
const db = await createSiteDatabase(server);
const proxies = [await openTcpProxy(server.port), await openTcpProxy(server.port)] as const;
const one = await openDesk({ db, name: NAMES[0], proxy: proxies[0] });
try {
  const two = await openDesk({ db, name: NAMES[1], proxy: proxies[1], beside: one });
  try {
    const site: Site = { server, db, one, two, isAlone: false };
    await playSteps(STEPS, site, ({ isAlone }) => ({
      'desk-1': one.app,
      ...(isAlone ? {} : { 'desk-2': two.app }),
    }));
    say(`${STEPS.length} steps, ${smsOf(site)} SMS. Pictures are in ${PICTURES}/.`);
  } finally {
    await leave(two);
  }
} finally {
  await leave(one);
  for (const proxy of proxies) await proxy.close();
  await server.remove();
}

/** Removes what the desk has in the keychain, and its files. */
async function leave({ installation, app }: Desk): Promise<void> {
  await app.quit();
  await installation.run({ switches: ['--leave-site-database'] });
  await installation.close();
}
