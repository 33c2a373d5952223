import { expect } from '../support/expect.ts';
import { openInstallation, type RunningApp } from '../support/installation.ts';
import { valueLine, type Line } from './line.ts';
import { knownPhone, unknownPhone, type Databases } from './databases.ts';
import { median, noise, quantile } from './statistics.ts';

/** Between two keys of a quick typist: 16 a second. */
const KEY_MS = 60;
const SIZES = [1_000, 100_000, 1_000_000] as const;

/** From the last digit to the painted verdict, and from Enter to an empty form, with databases of different sizes. */
export async function measureTyping(
  databases: Databases,
  numbers: number,
  say: (line: string) => void,
): Promise<readonly Line[]> {
  const bySize = [];
  for (const rows of SIZES) {
    const times = await typeNumber(databases, rows, numbers);
    say(`${rows} rows: verdict p95 ${quantile(times.verdicts, 0.95).toFixed(1)} ms`);
    bySize.push({ rows, ...times });
  }
  const lines = bySize.map(({ rows, verdicts }) =>
    valueLine({
      what: `last digit typed → verdict painted, p95, ${rows.toLocaleString('en')} rows`,
      unit: 'ms',
      ours: quantile(verdicts, 0.95),
      noise: noise(verdicts),
      goal: 16,
    }),
  );
  const [small, , large] = bySize;
  const growth =
    small === undefined || large === undefined
      ? Number.NaN
      : median(large.verdicts) / median(small.verdicts);
  return [
    ...lines,
    valueLine({
      what: 'the same, 1,000,000 rows to 1,000 rows',
      unit: '×',
      ours: growth,
      goal: 1.5,
    }),
    valueLine({
      what: 'Enter → saved → form empty, p95, 100,000 rows',
      unit: 'ms',
      ours: quantile(bySize[1]?.sends ?? [], 0.95),
      goal: null,
    }),
  ];
}

async function typeNumber(databases: Databases, rows: number, numbers: number) {
  const installation = await openInstallation({
    // Nothing is sent and Partoo is not searched: only this PC is measured.
    settings: { retentionDays: 3_650, checkWithPartoo: false, undoSeconds: 60 },
  });
  try {
    await databases.putInto(installation.dataFolder, rows);
    const app = await installation.open();
    await expect(app.phone).toBeFocused();
    await app.page.waitForTimeout(3_000);
    const verdicts: number[] = [];
    for (let nth = 0; nth < numbers; nth += 1) {
      const phone = nth % 2 === 0 ? knownPhone(nth) : unknownPhone(nth);
      verdicts.push(await timeOfVerdict(app, phone));
    }
    const sends: number[] = [];
    for (let nth = 0; nth < numbers; nth += 1) {
      sends.push(await timeOfSend(app, unknownPhone(1_000 + nth)));
    }
    return { verdicts, sends };
  } finally {
    await installation.close();
  }
}

/** Milliseconds from the last digit's key press until the frame with the verdict has been drawn. */
async function timeOfVerdict(
  { page, phone, verdict }: RunningApp,
  number: string,
): Promise<number> {
  await phone.pressSequentially(number.slice(0, -1), { delay: KEY_MS });
  await expect(verdict).toBeEmpty();
  await startWatch(page, '[role=status][aria-label=Verdict]', 'filled');
  await page.waitForTimeout(KEY_MS);
  await page.keyboard.press(number.slice(-1));
  const ms = await readWatch(page);
  await page.keyboard.press('Escape');
  await expect(phone).toHaveValue('');
  return ms;
}

async function timeOfSend({ page, phone, verdict }: RunningApp, number: string): Promise<number> {
  await phone.pressSequentially(number);
  await expect(verdict).toContainText(/no earlier invitation/i);
  await startWatch(page, 'input[type=tel]', 'emptied');
  await page.keyboard.press('Enter');
  return readWatch(page);
}

type Page = RunningApp['page'];

/** Waits inside the page, from the next key press on, until the element is filled or emptied and painted. */
async function startWatch(
  page: Page,
  selector: string,
  until: 'filled' | 'emptied',
): Promise<void> {
  await page.evaluate(
    ([where, what]) => {
      const element = document.querySelector<HTMLElement>(where ?? '');
      if (element === null) throw new Error('the element is missing');
      const textOf = () =>
        element instanceof HTMLInputElement ? element.value : element.innerText;
      const isDone = () => (what === 'filled' ? textOf() !== '' : textOf() === '');
      const watched = new Promise<number>((resolve) => {
        const begin = (event: KeyboardEvent): void => {
          const look = (): void => {
            if (!isDone()) {
              requestAnimationFrame(look);
              return;
            }
            // The next task after a frame's callbacks runs when that frame has been submitted.
            const { port1, port2 } = new MessageChannel();
            port1.addEventListener('message', () => resolve(performance.now() - event.timeStamp));
            port1.start();
            port2.postMessage(null);
          };
          requestAnimationFrame(look);
        };
        document.addEventListener('keydown', begin, { once: true, capture: true });
      });
      Reflect.set(window, 'benchWatch', watched);
    },
    [selector, until],
  );
}

async function readWatch(page: Page): Promise<number> {
  const ms: unknown = await page.evaluate((): unknown => Reflect.get(window, 'benchWatch'));
  if (typeof ms !== 'number') throw new Error('the measurement was not started');
  return ms;
}
