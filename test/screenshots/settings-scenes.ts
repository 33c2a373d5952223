import { DAY_MS, MINUTE_MS } from '../../shared/time.ts';
import type { SectionName } from '../../renderer/settings/section.tsx';
import { DESK_REPORT, HOTEL, NOW, OFFICE, OUTBOX, RESTAURANT, SETTINGS } from './fixtures.ts';
import type { Replies, Scene, Step } from './stage.ts';
import { inTurn, open, press, section, seen, write } from './steps.ts';

const FILE = 'C:\\ProgramData\\deskbell\\config.json';
const office = (change: Partial<typeof OFFICE>): Replies => ({
  'settings.read': { ...OFFICE, ...change },
});
/** Every section is on the page that `settings` checks. */
const SCROLLED = 'the same page, scrolled';
const at = (name: SectionName, ...steps: readonly Step[]): Step =>
  inTurn(open('settings'), section(name), ...steps);

/** Each section of Settings, with everything that a manager can meet in it. */
export const OFFICE_SCENES: readonly Scene[] = [
  { name: 'settings', show: at('key') },
  { name: 'settings-business', unchecked: SCROLLED, show: at('business') },
  { name: 'settings-country', unchecked: SCROLLED, show: at('country') },
  { name: 'settings-sending', unchecked: SCROLLED, show: at('sending') },
  { name: 'settings-rules', unchecked: SCROLLED, show: at('rules') },
  { name: 'settings-do-not-contact', unchecked: SCROLLED, show: at('doNotContact') },
  {
    name: 'settings-do-not-contact-elsewhere',
    replies: {
      'otherDesks.readStatus': { kind: 'connected' },
      'doNotContact.list': { entries: [], next: null, count: 0, elsewhere: 4_210 },
    },
    show: at('doNotContact', seen('settings.doNotContact.elsewhere', { count: 4_210 })),
  },
  { name: 'settings-computer', unchecked: SCROLLED, show: at('computer') },
  { name: 'settings-backup', unchecked: SCROLLED, show: at('backup') },
  { name: 'settings-pin', unchecked: SCROLLED, show: at('pin') },
  { name: 'settings-diagnostics', unchecked: SCROLLED, show: at('diagnostics') },
  {
    name: 'settings-desks',
    replies: {
      'otherDesks.readStatus': { kind: 'connected' },
      'desks.readReport': DESK_REPORT,
      'desks.exportSites': { kind: 'saved', rows: 2, fileName: 'sites.csv' },
    },
    show: at(
      'desks',
      seen('settings.desks.sites'),
      ({ page, t }) =>
        page
          .getByRole('tabpanel', { name: t('settings.desks.title'), exact: true })
          .getByRole('button', { name: t('settings.desks.export'), exact: true })
          .click(),
      seen('settings.desks.exported', { count: 2, file: 'sites.csv' }),
    ),
  },
  {
    name: 'settings-desks-changed',
    replies: {
      'otherDesks.readStatus': { kind: 'connected' },
      'desks.readReport': DESK_REPORT,
    },
    show: at('desks', async ({ page, t }) => {
      const pressed = (name: string) => page.getByRole('button', { name, exact: true }).click();
      await pressed(t('settings.desks.remove.named', { name: 'Desk 2' }));
      await pressed(t('settings.desks.rename.named', { name: 'Desk 1' }));
    }),
  },
  {
    name: 'settings-desks-erasures',
    replies: {
      'otherDesks.readStatus': { kind: 'connected' },
      'desks.readReport': { ...DESK_REPORT, sites: null },
      'desks.readErasures': [
        { kind: 'not-given', at: NOW - 2 * MINUTE_MS, isReached: true },
        { kind: 'given', at: NOW - 3 * DAY_MS, done: 12, desks: 15, missing: ['Desk 2'] },
      ],
    },
    show: at('desks', seen('settings.desks.erasures.title')),
  },
  {
    name: 'settings-desks-apart',
    replies: {
      'otherDesks.readStatus': {
        kind: 'apart',
        since: NOW - 40 * MINUTE_MS,
        waits: false,
        cause: 'unreachable',
      },
      'desks.readErasures': [{ kind: 'not-given', at: NOW - 2 * MINUTE_MS, isReached: false }],
    },
    show: at('desks', seen('settings.desks.erasures.title'), seen('settings.desks.unavailable')),
  },
  {
    name: 'settings-managed',
    replies: office({ locked: Object.keys(SETTINGS), configFile: FILE }),
    show: at('sending'),
  },
  {
    name: 'settings-central',
    replies: office({
      locked: ['sendingHours', 'requireConsent', 'retentionDays'],
      central: ['sendingHours', 'requireConsent', 'retentionDays'],
      unusable: ['houseWindowDays'],
      staff: 'shared',
    }),
    show: at('rules'),
  },
  {
    name: 'settings-locked',
    replies: {
      ...office({ pin: { kind: 'locked', waitSeconds: 0 } }),
      'settings.unlock': { failure: { kind: 'wrong-pin', waitSeconds: 30 } },
    },
    show: inTurn(
      open('settings'),
      write('settings.unlock.pin', '1234'),
      press('settings.unlock.open'),
      async ({ page }) => page.locator('.unlock .note').waitFor(),
    ),
  },
  {
    name: 'settings-key-absent',
    replies: office({ key: 'absent' }),
    show: at('key', seen('settings.key.absent')),
  },
  {
    name: 'settings-key-works',
    replies: {
      ...office({ settings: { ...SETTINGS, businesses: [HOTEL, RESTAURANT] } }),
      'apiKey.test': {
        kind: 'works',
        name: 'Camille Roux',
        role: 'Business Manager',
        businesses: [
          { ...HOTEL, standing: 'ready' },
          { ...RESTAURANT, standing: 'no-google' },
        ],
      },
    },
    show: at('key', press('settings.key.test'), async ({ page }) =>
      page.locator('.section .note').first().waitFor(),
    ),
  },
  {
    name: 'settings-key-refused',
    replies: { 'apiKey.test': { kind: 'key-refused', text: 'Invalid API key' } },
    show: at('key', press('settings.key.test'), async ({ page }) =>
      page.locator('.note-bad').first().waitFor(),
    ),
  },
  {
    name: 'settings-key-remove',
    show: at('key', press('settings.key.remove'), seen('settings.key.confirmRemove')),
  },
  {
    name: 'settings-business-removed',
    replies: office({ settings: { ...SETTINGS, businesses: [HOTEL, RESTAURANT] } }),
    show: at('business', async ({ page, become }) => {
      await page.locator('.businesses .button').last().click();
      await become(office({ settings: { ...SETTINGS, businesses: [HOTEL] } }));
      await page.locator('.removed-row').waitFor();
    }),
  },
  {
    name: 'settings-business-waiting',
    replies: {
      'outbox.list': OUTBOX,
    },
    show: at('business', async ({ page }) => {
      await page.locator('.businesses .button').first().click();
      await page.locator('.businesses .confirm').waitFor();
    }),
  },
  {
    name: 'settings-business-found',
    replies: {
      'businesses.search': {
        kind: 'found',
        businesses: [
          HOTEL,
          RESTAURANT,
          {
            id: '5409c35a97bbc544d8e2a003',
            name: 'Spa & Wellness des Lilas – Paris Saint-Germain',
          },
        ],
        pages: 3,
      },
    },
    show: at('business', press('settings.business.search'), seen('settings.business.more')),
  },
  {
    name: 'settings-list',
    show: at('doNotContact', async (stage) => {
      await press('settings.doNotContact.show', { count: 3 })(stage);
      await stage.page.locator('.number-open').first().click();
      await press('settings.doNotContact.remove')(stage);
      await seen('settings.doNotContact.confirm')(stage);
    }),
  },
  {
    name: 'settings-import',
    replies: {
      'doNotContact.previewImport': {
        kind: 'read',
        token: '00000000-0000-4000-8000-0000000000aa',
        fileName: 'do-not-contact 2026.csv',
        fresh: 42,
        known: 3,
        doubled: 1,
        landlines: 2,
        without: 5,
        columns: [
          {
            at: 2,
            heading: 'Portable',
            samples: ['06 39 98 00 12'],
            numbers: 46,
            isTaken: true,
          },
          { at: 4, heading: 'Fixe', samples: ['01 23 45 67 89'], numbers: 2, isTaken: false },
        ],
        problemCount: 4,
        problems: [
          { line: 3, why: 'no-number', text: 'Madame Lefèvre;;prefers e-mail, please' },
          { line: 7, why: 'incomplete', text: '06 39 98' },
          { line: 12, why: 'impossible', text: '+33 0 00 00 00 00' },
          { line: 13, why: 'broken', text: '"Dupont;0639980012' },
        ],
      },
    },
    show: at('doNotContact', press('settings.doNotContact.choose'), async ({ page }) =>
      page.locator('.line-problems').waitFor(),
    ),
  },
  {
    name: 'settings-import-columns',
    replies: {
      'doNotContact.previewImport': {
        kind: 'columns',
        token: '00000000-0000-4000-8000-0000000000aa',
        fileName: 'guests-2026.csv',
        columns: [
          {
            at: 0,
            heading: 'Dossier',
            samples: ['2026110412', '2026110413', '2026110414'],
            numbers: 0,
            isTaken: false,
          },
          {
            at: 2,
            heading: 'Portable du client',
            samples: ['06 39 98 00 12', '06 39 98 00 13', '+33 6 39 98 00 14'],
            numbers: 46,
            isTaken: true,
          },
          {
            at: 5,
            heading: null,
            samples: ['639980012', '639980013'],
            numbers: 2,
            isTaken: false,
          },
        ],
      },
    },
    show: at('doNotContact', press('settings.doNotContact.choose'), async ({ page }) =>
      page.locator('.list-columns').waitFor(),
    ),
  },
  {
    name: 'settings-restore',
    show: at('backup', async ({ page, t }) => {
      await page.getByText(t('settings.backup.restore'), { exact: true }).first().click();
      await page.locator('.confirm').waitFor();
    }),
  },
  {
    name: 'settings-pin-differs',
    replies: office({ pin: { kind: 'unlocked' } }),
    show: at(
      'pin',
      write('settings.pin.current', '1234'),
      write('settings.pin.next', '4711'),
      write('settings.pin.repeat', '4712'),
      press('settings.pin.change'),
      seen('settings.pin.differ'),
    ),
  },
  {
    name: 'settings-copied',
    replies: {
      'diagnostics.copy': {
        text: 'Deskbell 1.0.0\nWindows 11 (10.0.26100)\nmode: live\noutbox: 2 waiting\nlast answer of Partoo: 200, 11:19',
      },
    },
    show: at(
      'diagnostics',
      press('settings.diagnostics.copy'),
      seen('settings.diagnostics.copied'),
    ),
  },
];
