import type { RunningApp } from '../support/installation.ts';

/** The text in the form. */
export type Typed = { readonly phone: string; readonly name: string };

type StepParts = {
  readonly random: () => number;
  /** The number of a new customer. */
  readonly nextCustomer: () => number;
};

type Step = {
  /** How often the step is taken, relative to the others. */
  readonly weight: number;
  /** What the step may remove on purpose: the text of the focused field, or the whole form. */
  readonly mayTake: 'field' | 'form' | 'nothing';
  readonly take: (app: RunningApp, parts: StepParts) => Promise<void>;
};

/** One of the 10,000 mobile numbers that France keeps for fiction. */
const phoneOf = (customer: number) => `0639 98 ${String(customer).padStart(4, '0')}`;
const nameOf = (customer: number) => `Marie Du${toLetters(customer)}`;
/** A name with digits in it asks for a confirmation. */
const toLetters = (customer: number) =>
  [...String(customer)].map((digit) => 'abcdefghij'.charAt(Number(digit))).join('');

const ANY_MODIFIER = 'ControlOrMeta';

/** The form as a mouse finds it: an open list hides the rest of the page from assistive technology, not from sight. */
export function controlsOf({ page }: Pick<RunningApp, 'page'>) {
  const field = (label: string) => page.getByLabel(label, { exact: true });
  return {
    phone: field('Phone number'),
    customerName: field('Customer name'),
    // The filter of History, which has the same name, stays for a moment after a change of tab.
    business: page.locator('input[role=combobox][aria-label="Business"]').first(),
    messageText: field('Message text'),
    messageLine: page.locator('button', { hasText: /^Message/ }),
    template: field('Partoo’s template'),
    selectedTab: page.locator('[role=tab][aria-selected=true]'),
    tab: (name: string) => page.locator('[role=tab]', { hasText: name }),
    button: (name: string) => page.locator('button', { hasText: name }).first(),
  };
}

const paste = async (app: RunningApp, text: string): Promise<void> => {
  await app.runInMain(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await controlsOf(app).phone.press(`${ANY_MODIFIER}+A`);
  await controlsOf(app).phone.press(`${ANY_MODIFIER}+V`);
};

const pressIfThere = async (app: RunningApp, name: string): Promise<void> => {
  const button = controlsOf(app).button(name);
  // It may disappear before the click.
  if (await button.isVisible()) await button.click({ timeout: 1_000, force: true }).catch(() => {});
};

const chooseBusiness = async (app: RunningApp, { random }: StepParts): Promise<void> => {
  const wanted = ['Hôtel', 'Restaurant', 'paris', 'nowhere', ''][Math.floor(random() * 5)] ?? '';
  await controlsOf(app).business.fill(wanted);
  const key = ['Enter', 'Tab', 'Escape', 'ArrowDown'][Math.floor(random() * 4)] ?? 'Tab';
  await app.page.keyboard.press(key);
};

/** The actions of a user in a hurry. */
export const STEPS = {
  typePhone: {
    weight: 14,
    mayTake: 'field',
    take: async (app, { nextCustomer }) => {
      await controlsOf(app).phone.press(`${ANY_MODIFIER}+A`);
      await app.page.keyboard.type(phoneOf(nextCustomer()));
    },
  },
  typeName: {
    weight: 8,
    mayTake: 'field',
    take: async (app, { nextCustomer }) => {
      await controlsOf(app).customerName.press(`${ANY_MODIFIER}+A`);
      await app.page.keyboard.type(nameOf(nextCustomer()));
    },
  },
  correct: {
    weight: 4,
    mayTake: 'field',
    take: async (app, { random }) => {
      await controlsOf(app).phone.press('End');
      await app.page.keyboard.press('Backspace');
      await app.page.keyboard.type(String(Math.floor(random() * 10)));
    },
  },
  paste: {
    weight: 8,
    mayTake: 'nothing',
    take: (app, { nextCustomer }) => {
      const one = nextCustomer();
      return paste(app, `${nameOf(one)} ${phoneOf(one)}`);
    },
  },
  enter: { weight: 14, mayTake: 'form', take: ({ page }) => page.keyboard.press('Enter') },
  enterTwice: {
    weight: 4,
    mayTake: 'form',
    take: async ({ page }) => {
      await Promise.all([page.keyboard.press('Enter'), page.keyboard.press('Enter')]);
    },
  },
  send: {
    weight: 6,
    mayTake: 'form',
    take: (app) => controlsOf(app).button('Send invitation').click({ force: true }),
  },
  sendTwice: {
    weight: 6,
    mayTake: 'form',
    take: (app) => controlsOf(app).button('Send invitation').dblclick({ force: true }),
  },
  escape: { weight: 6, mayTake: 'form', take: ({ page }) => page.keyboard.press('Escape') },
  undoKey: {
    weight: 6,
    mayTake: 'field',
    take: ({ page }) => page.keyboard.press(`${ANY_MODIFIER}+Z`),
  },
  undo: { weight: 4, mayTake: 'nothing', take: (app) => pressIfThere(app, 'Undo') },
  bringBack: {
    weight: 4,
    mayTake: 'nothing',
    take: (app) => pressIfThere(app, 'Restore'),
  },
  business: { weight: 5, mayTake: 'nothing', take: chooseBusiness },
  otherTab: {
    weight: 5,
    mayTake: 'nothing',
    take: async (app, { random }) => {
      const tabs = ['Outbox', 'History', 'Settings'] as const;
      const controls = controlsOf(app);
      await controls
        .tab(tabs[Math.floor(random() * tabs.length)] ?? 'Outbox')
        .click({ force: true });
      await controls.tab('Invite').click({ force: true });
    },
  },
  message: {
    weight: 2,
    mayTake: 'nothing',
    take: async (app, { random }) => {
      const controls = controlsOf(app);
      // With the keyboard: of two quick clicks on one button the second does nothing.
      // It is open already when Send has found a problem in the text.
      const isOpen = (await controls.messageLine.getAttribute('aria-expanded')) === 'true';
      if (!isOpen) await controls.messageLine.press('Enter');
      if (random() < 0.5) await controls.messageText.fill('Thank you for coming: @link');
      else await controls.template.check();
      await controls.messageLine.press('Enter');
    },
  },
} satisfies Readonly<Record<string, Step>>;

export type StepName = keyof typeof STEPS;

const NAMES = Object.keys(STEPS).filter((name): name is StepName => name in STEPS);
const TOTAL = NAMES.reduce((total, name) => total + STEPS[name].weight, 0);

/** The next step, by the weights. */
export function weightedStep(random: () => number): StepName {
  let left = random() * TOTAL;
  for (const name of NAMES) {
    left -= STEPS[name].weight;
    if (left < 0) return name;
  }
  return 'enter';
}
