import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { PRACTICE_BUSINESSES } from '../../electron/practice/seed-data.ts';
import { SECOND_MS } from '../../shared/time.ts';
import { expect } from '../support/expect.ts';
import type { RunningApp, Installation } from '../support/installation.ts';
import { seeded } from '../support/seeded-random.ts';
import { controlsOf, STEPS, weightedStep, type Typed } from './steps.ts';

export type HurriedReport = {
  readonly steps: number;
  readonly saved: number;
  readonly sms: number;
  /** Broken promises, as text that begins with the number of the step. */
  readonly broken: readonly string[];
};

/** Enter is answered within this many frames, or it was refused. */
const ANSWER_FRAMES = 40;
/** The last invitations wait for Undo, and then for their turn. */
const SETTLING_MS = 120 * SECOND_MS;
/** A way back that has not appeared by then never will, on a busy machine too. */
const NEVER_COMES_MS = 15 * SECOND_MS;
/** Reads the vendor's record in time: it keeps a thousand requests. */
const LOOK_EVERY = 50;

export type HurriedOptions = {
  readonly steps: number;
  /** The same seed takes the same steps; their effect differs with the machine. */
  readonly seed: number;
  readonly say: (line: string) => void;
};

/** The settings of the reception: enough businesses that one is chosen by typing. */
export const HURRIED_SETTINGS = {
  businesses: [
    ...PRACTICE_BUSINESSES.slice(0, 2).map(({ id, name }) => ({ id, name })),
    ...Array.from({ length: 13 }, (_, at) => ({
      id: `paris-${at}`,
      name: `Résidence ${at}, Paris`,
    })),
  ],
  undoSeconds: 3,
  checkWithPartoo: false,
  requestsPerMinute: 250,
} as const;

/**
 * A receptionist in a hurry at the real form: types, pastes, clicks twice, presses Escape and Ctrl+Z and changes tabs,
 * in the order of the seed. Every sent SMS must have been shown as saved, for the business that was shown, and nothing
 * typed may be lost without a way back.
 */
export async function runHurriedSteps(
  installation: Installation,
  { steps, seed, say }: HurriedOptions,
): Promise<HurriedReport> {
  const random = seeded(seed);
  const app = await installation.open();
  await expect(app.phone).toBeFocused();
  await keepResults(app);
  const broken: string[] = [];
  const shown: Shown[] = [];
  const posts = countPosts(installation);
  let customers = 0;
  for (let step = 1; step <= steps; step += 1) {
    const kind = weightedStep(random);
    const before = await look(app);
    if (before.tab !== 'Invite' && kind !== 'otherTab') continue;
    // The form may be saved before, between and after two clicks: only what it shows then counts.
    shown.push(before);
    const complain = (fault: string) => {
      broken.push(`${step} ${kind}: ${fault}; before ${JSON.stringify(before.form)}`);
    };
    await STEPS[kind].take(app, { random, nextCustomer: () => (customers += 1) });
    const after = await lookAfter(app, before, STEPS[kind].mayTake);
    if (isGone(before.form, after.form) && STEPS[kind].mayTake !== 'field') {
      const isSaved = (await rowsNow(app)).some((row) => isOf(row, before));
      if (!isSaved)
        await restoreForm(app, before.form).catch((error: unknown) =>
          complain(`it is gone (${String(error)})`),
        );
    }
    if (step % LOOK_EVERY === 0) posts.look();
    if (step % 500 === 0) say(`${step} steps, ${customers} customers so far`);
  }
  await allSettled(app);
  posts.look();
  const results = await keptResults(app);
  await app.quit();
  const rows = rowsOf(installation);
  broken.push(...contradictions({ rows, posts: posts.all(), shown, results }));
  return { steps, saved: rows.length, sms: installation.vendor.sms().length, broken };
}

/** The state of the screen. */
type Shown = {
  readonly tab: string;
  readonly business: string;
  readonly form: Typed;
};

async function look(app: RunningApp): Promise<Shown> {
  const controls = controlsOf(app);
  const tab = (await controls.selectedTab.textContent()) ?? '';
  if (!tab.includes('Invite')) return { tab, business: '', form: { phone: '', name: '' } };
  const [phone, name, business] = await Promise.all([
    controls.phone.inputValue(),
    controls.customerName.inputValue(),
    controls.business.inputValue(),
  ]);
  return { tab: 'Invite', business, form: { phone: phone.trim(), name: name.trim() } };
}

/** Waits until the form has changed, for as long as an answer may take. */
async function lookAfter(app: RunningApp, before: Shown, mayTake: string): Promise<Shown> {
  let after = await look(app);
  if (mayTake !== 'form') return after;
  for (let frame = 0; frame < ANSWER_FRAMES && isSame(before.form, after.form); frame += 10) {
    await frames(app, 10);
    after = await look(app);
  }
  return after;
}

const frames = (app: RunningApp, count: number) =>
  app.page.evaluate(async (left) => {
    for (let frame = 0; frame < left; frame += 1)
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
  }, count);

const digits = (phone: string) => phone.replaceAll(/\D/g, '');
/** The digits after the country code or the trunk zero. */
const national = (phone: string) => digits(phone).replace(/^(33|0)/, '');
const isSame = (one: Typed, other: Typed) =>
  digits(one.phone) === digits(other.phone) && one.name === other.name;
/** A text that was in the form and is not any more. */
const isGone = (before: Typed, after: Typed) =>
  (before.phone !== '' && digits(before.phone) !== digits(after.phone)) ||
  (before.name !== '' && before.name !== after.name);

/** The number that a name came with returns with it, in place of the beginning of another one. */
const WHOLE_NUMBER = 10;
const isBack = (form: Typed, typed: Typed) =>
  isSame(form, typed) || (form.name === typed.name && digits(typed.phone).length < WHOLE_NUMBER);

/** One of the forms that "Restore" offers must be this one. */
async function restoreForm(app: RunningApp, typed: Typed): Promise<void> {
  const back = controlsOf(app).button('Restore');
  const seen: Typed[] = [];
  for (;;) {
    await back.click({ timeout: NEVER_COMES_MS });
    const { form } = await look(app);
    if (isBack(form, typed)) return;
    if (seen.some((one) => isSame(one, form)))
      throw new Error('the form is not among those that Restore offers');
    seen.push(form);
  }
}

const rowSchema = z.object({
  phone: z.string(),
  name: z.string(),
  business_id: z.string(),
  state: z.string(),
});
type Row = z.infer<typeof rowSchema>;

function rowsOf({ dataFolder }: Installation): readonly Row[] {
  const db = new Database(join(dataFolder, 'deskbell.db'), { readonly: true });
  try {
    const rows = db.prepare('SELECT phone, name, business_id, state FROM invitation').all();
    return z.array(rowSchema).parse(rows);
  } finally {
    db.close();
  }
}

const isOf = (row: Pick<Row, 'phone' | 'name'>, { form }: Shown) =>
  national(row.phone) === national(form.phone) && row.name === form.name;

const repliesSchema = z.tuple([
  z.object({ value: z.array(z.object({ phone: z.string(), name: z.string() })) }),
  z.object({
    value: z.object({ invitations: z.array(z.object({ phone: z.string(), name: z.string() })) }),
  }),
]);

/** The open invitations and the last ended ones, read through the desk: it has the file locked. */
async function rowsNow(app: RunningApp): Promise<readonly Pick<Row, 'phone' | 'name'>[]> {
  const replies = await app.page.evaluate(() => {
    const { calls } = window.deskbell;
    return Promise.all([
      calls['outbox.list']({}),
      calls['history.list']({ before: null, limit: 200 }),
    ]);
  });
  const [open, ended] = repliesSchema.parse(replies);
  return [...open.value, ...ended.value.invitations];
}

async function allSettled(app: RunningApp): Promise<void> {
  const schema = z.object({ value: z.array(z.unknown()) });
  const open = async () =>
    schema.parse(await app.page.evaluate(() => window.deskbell.calls['outbox.list']({}))).value;
  await expect
    .poll(async () => (await open()).length, { timeout: SETTLING_MS, intervals: [SECOND_MS] })
    .toBe(0);
}

const postSchema = z.object({
  business_id: z.string(),
  target_phone: z.string(),
  target_name: z._default(z.optional(z.string()), ''),
});
type Post = z.infer<typeof postSchema>;

/** Keeps every request to send that the vendor has read. */
function countPosts({ vendor }: Installation) {
  const all: Post[] = [];
  let last: unknown;
  return {
    look: (): void => {
      const received = vendor.received();
      const fresh = received.slice(1 + received.findLastIndex((one) => one === last));
      last = received.at(-1);
      for (const { method, body } of fresh) {
        if (method === 'POST') all.push(postSchema.parse(body));
      }
    },
    all: (): readonly Post[] => all,
  };
}

/** From now on the page records every text of its result. */
async function keepResults(app: RunningApp): Promise<void> {
  await app.result.evaluate((region) => {
    const texts: string[] = [];
    Object.assign(window, { results: texts });
    new MutationObserver(() => texts.push(region.textContent ?? '')).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
}

async function keptResults(app: RunningApp): Promise<readonly string[]> {
  return z.array(z.string()).parse(await app.page.evaluate('window.results'));
}

function contradictions(found: {
  readonly rows: readonly Row[];
  readonly posts: readonly Post[];
  readonly shown: readonly Shown[];
  readonly results: readonly string[];
}): readonly string[] {
  const { rows, posts, shown, results } = found;
  const faults: string[] = [];
  for (const row of rows) {
    const about = JSON.stringify(row);
    const businesses = shown.filter((one) => isOf(row, one)).map(({ business }) => business);
    if (businesses.length === 0) faults.push(`saved and never shown: ${about}`);
    const business = HURRIED_SETTINGS.businesses.find(({ id }) => id === row.business_id);
    if (!businesses.includes(business?.name ?? '')) faults.push(`saved for another one: ${about}`);
    const who = row.name === '' ? national(row.phone).slice(-2) : row.name;
    if (!results.some((text) => digits(text).includes(national(row.phone)) || text.includes(who)))
      faults.push(`saved and not said: ${about}`);
    const sent = posts.filter(
      ({ target_phone: phone, business_id: id }) => phone === row.phone && id === row.business_id,
    );
    const wanted = rows.filter(
      (one) =>
        one.phone === row.phone && one.business_id === row.business_id && one.state !== 'cancelled',
    );
    if (sent.length !== wanted.length) faults.push(`${sent.length} requests for ${about}`);
  }
  for (const post of posts) {
    if (!rows.some(({ phone, name }) => phone === post.target_phone && name === post.target_name))
      faults.push(`sent and never saved: ${JSON.stringify(post)}`);
  }
  const phones = posts.map(({ target_phone: phone }) => phone);
  const twice = phones.filter((phone, at) => phones.indexOf(phone) !== at);
  return [...faults, ...twice.map((phone) => `two requests for ${phone}`)];
}
