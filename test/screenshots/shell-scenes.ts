import type { Connection } from '../../shared/connection.ts';
import type { StartProblem } from '../../shared/desk-snapshot.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { SNAPSHOT, HOTEL, invitationTo, NOW, OFFICE, OUTBOX, SETTINGS } from './fixtures.ts';
import type { Replies, Scene, Step } from './stage.ts';
import { inTurn, keys, press, seen } from './steps.ts';

const connection = (told: Connection): Replies => ({ 'connection.read': told });
const blocked = (problem: StartProblem): Step =>
  inTurn(
    ({ become }) => become({ 'app.read': { kind: 'blocked', version: '1.0.0', problem } }),
    seen('blocked.title'),
  );
const waiting: Replies = {
  'app.read': { ...SNAPSHOT, waiting: OUTBOX.length },
  'outbox.list': OUTBOX,
};
const offline: Replies = connection({
  kind: 'offline',
  cause: 'network',
  since: NOW - 5 * MINUTE_MS,
  retryAt: NOW + 2 * MINUTE_MS,
});

/** Everything around the tabs, before them or in their place. */
export const SHELL_SCENES: readonly Scene[] = [
  {
    name: 'practice',
    replies: { 'app.read': { ...SNAPSHOT, mode: 'practice' } },
    show: seen('practice.title'),
  },
  ...(['key', 'business', 'country'] as const).map((step): Scene => ({
    name: `welcome-${step}`,
    replies: {
      'app.read': {
        ...SNAPSHOT,
        mode: step === 'key' ? 'practice' : 'live',
        welcome: step,
        settings: { ...SNAPSHOT.settings, businesses: step === 'country' ? [HOTEL] : [] },
      },
      'settings.read': {
        ...OFFICE,
        key: step === 'key' ? 'absent' : 'stored',
        settings: { ...SETTINGS, businesses: step === 'country' ? [HOTEL] : [], reviewLinks: {} },
      },
    },
    show: seen('welcome.title'),
  })),
  { name: 'offline', replies: { ...waiting, ...offline }, show: seen('connection.keepEntering') },
  {
    name: 'key-refused',
    replies: connection({ kind: 'key-refused', text: 'Invalid API key' }),
    show: seen('connection.keyRefused.title'),
  },
  {
    name: 'no-access',
    replies: connection({ kind: 'no-access', businessIds: [HOTEL.id], text: 'Forbidden' }),
    show: seen('connection.noAccess.text'),
  },
  {
    name: 'clock-wrong',
    replies: connection({ kind: 'clock-wrong', aheadMs: 3 * DAY_MS }),
    show: seen('connection.clockWrong.text'),
  },
  {
    name: 'apart',
    replies: {
      'otherDesks.readStatus': {
        kind: 'apart',
        since: NOW - 68 * MINUTE_MS,
        waits: false,
        cause: 'not-joined',
      },
    },
    show: seen('otherDesks.todo.not-joined'),
  },
  {
    name: 'joining',
    replies: {
      'otherDesks.readStatus': { kind: 'joining', invitations: 1_812, refusals: 43 },
    },
    show: seen('otherDesks.joining.text'),
  },
  {
    name: 'gap',
    replies: {
      'app.read': {
        ...SNAPSHOT,
        gap: { why: 'damaged', from: NOW - DAY_MS, to: NOW - HOUR_MS, dated: 'by-partoo' },
      },
    },
    show: async ({ page }) => page.locator('.gap').waitFor(),
  },
  {
    name: 'other-pc',
    replies: { ...waiting, ...connection({ kind: 'other-pc' }) },
    show: seen('connection.otherPc.leaveAbout'),
  },
  {
    name: 'blocked-damaged',
    show: blocked({
      kind: 'damaged-database',
      path: 'C:\\Users\\reception\\AppData\\Roaming\\Deskbell',
    }),
  },
  {
    name: 'blocked-newer',
    show: blocked({ kind: 'newer-database', path: '/home/reception/.config/Deskbell' }),
  },
  {
    name: 'blocked-disk-full',
    show: blocked({ kind: 'disk-full', path: '/home/reception/.config/Deskbell' }),
  },
  {
    name: 'blocked-in-use',
    show: blocked({ kind: 'in-use', path: '/home/reception/.config/Deskbell' }),
  },
  { name: 'blocked-native', show: blocked({ kind: 'native-module', reference: '3f9a1c07' }) },
  {
    name: 'blocked-config',
    show: blocked({
      kind: 'config',
      file: 'C:\\ProgramData\\deskbell\\config.json',
      line: 7,
      key: 'sendingHours[0].from',
      detail: 'must be a time such as "08:00"',
    }),
  },
  {
    name: 'broken',
    // No such date exists: the tab cannot be rendered.
    replies: {
      'history.list': {
        invitations: [
          invitationTo(41, 'Marie Dupont', { state: 'cancelled', at: Number.MAX_SAFE_INTEGER }),
        ],
        next: null,
      },
    },
    show: async (stage) => {
      await stage.page.keyboard.press('Control+3');
      await seen('broken.title')(stage);
    },
  },
  { name: 'hidden', show: inTurn(keys('Control+l'), seen('privacyScreen.back')) },
  {
    name: 'kiosk-leaving',
    replies: { 'kiosk.exit': { failure: { kind: 'wrong-pin', waitSeconds: 5 } } },
    show: async (stage) => {
      await stage.tell('kiosk.exitRequested', {});
      await seen('leaving.title')(stage);
      await press('leaving.close')(stage);
      await stage.page.locator('dialog .note').waitFor();
    },
  },
  {
    name: 'shortcuts',
    show: async (stage) => {
      await stage.tell('menu.itemChosen', { kind: 'shortcuts' });
      await seen('shortcuts.everywhere')(stage);
    },
  },
  {
    name: 'about',
    replies: {
      'about.read': {
        version: '1.0.0',
        browserLicences: 'there',
        licences: [
          { name: 'better-sqlite3', version: '13.2.0', licence: 'MIT', text: 'The MIT License' },
          { name: 'react', version: '19.3.1', licence: 'MIT', text: 'MIT License' },
          { name: 'undici', version: '7.30.2', licence: 'MIT', text: 'MIT License' },
        ],
      },
    },
    show: async (stage) => {
      await stage.tell('menu.itemChosen', { kind: 'about' });
      await seen('about.browser')(stage);
    },
  },
];
