import { ELSEWHERE, HOTEL, NOW, OUTBOX, SNAPSHOT, invitationTo } from './fixtures.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import type { Replies, Scene } from './stage.ts';
import { inTurn, open, openRows, press, seen } from './steps.ts';

const waiting: Replies = {
  'app.read': { ...SNAPSHOT, waiting: OUTBOX.length },
  'outbox.list': OUTBOX,
};
const offline: Replies = {
  'connection.read': {
    kind: 'offline',
    cause: 'network',
    since: NOW - 5 * MINUTE_MS,
    retryAt: NOW + 2 * MINUTE_MS,
  },
};

const sharing: Replies = {
  'otherDesks.readStatus': { kind: 'connected' },
  'otherDesks.listOpen': { kind: 'listed', invitations: ELSEWHERE },
  'otherDesks.takeOver': { failure: { kind: 'pin-needed', isSet: true } },
};

/** The longest name and the longest link that Settings take. */
const longCard: Replies = {
  'app.read': {
    ...SNAPSHOT,
    settings: {
      ...SNAPSHOT.settings,
      businesses: [{ ...HOTEL, name: 'Grand Hôtel Restaurant Spa '.repeat(7).trim() }],
      reviewLinks: {
        [HOTEL.id]: `https://search.google.com/local/writereview?placeid=${'ChIJ9x'.repeat(74)}`,
      },
    },
  },
};

/** Outbox and History with each state of an invitation, and their printed pages. */
export const LIST_SCENES: readonly Scene[] = [
  { name: 'outbox-empty', show: inTurn(open('outbox'), seen('outbox.empty')) },
  { name: 'outbox', replies: waiting, show: inTurn(open('outbox'), seen('state.held')) },
  {
    name: 'outbox-open',
    replies: waiting,
    show: inTurn(open('outbox'), seen('state.held'), openRows()),
  },
  {
    name: 'outbox-offline',
    replies: {
      ...offline,
      'app.read': { ...SNAPSHOT, waiting: 2 },
      'outbox.list': OUTBOX.filter(({ progress }) => progress.state === 'waiting'),
    },
    show: inTurn(open('outbox'), openRows(1)),
  },
  {
    name: 'outbox-two',
    replies: {
      'app.read': { ...SNAPSHOT, waiting: 2 },
      'outbox.list': OUTBOX.filter(({ name }) => ['Paul Bernard', 'Inês Carvalho'].includes(name)),
    },
    show: inTurn(open('outbox'), seen('state.held')),
  },
  {
    name: 'outbox-acted',
    replies: {
      ...waiting,
      'invitation.cancel': invitationTo(26, '', { state: 'cancelled', at: NOW }),
    },
    show: inTurn(open('outbox'), press('action.cancel'), async ({ page }) =>
      page.locator('.note-good').waitFor(),
    ),
  },
  {
    name: 'outbox-edit',
    replies: {
      ...waiting,
      'invitation.attempts': {
        invitation: invitationTo(26, '', { state: 'waiting', at: NOW, dueAt: NOW }),
        attempts: [],
      },
    },
    show: inTurn(open('outbox'), press('action.edit'), async ({ page }) =>
      page.locator('.correcting').waitFor(),
    ),
  },
  {
    name: 'outbox-elsewhere',
    replies: sharing,
    show: inTurn(open('outbox'), seen('outbox.elsewhere.title')),
  },
  {
    name: 'outbox-take-over',
    replies: sharing,
    show: inTurn(
      open('outbox'),
      press('outbox.elsewhere.takeOver'),
      seen('outbox.elsewhere.pinText'),
    ),
  },
  {
    name: 'print-list',
    replies: { ...waiting, 'page.print': 'unanswered' },
    media: 'print',
    show: inTurn(open('outbox'), press('print.list.button'), async ({ page }) =>
      page.locator('.waiting-sheet').waitFor({ state: 'attached' }),
    ),
  },
  {
    name: 'card-preview',
    show: inTurn(open('outbox'), press('print.card.button'), seen('print.card.print')),
  },
  {
    name: 'card-preview-long',
    replies: longCard,
    show: inTurn(
      open('outbox'),
      press('print.card.button'),
      async ({ page, t }) => page.getByLabel(t('print.card.second')).selectOption({ index: 1 }),
      seen('print.card.print'),
    ),
  },
  {
    name: 'print-card',
    replies: { 'page.print': 'unanswered' },
    media: 'print',
    show: inTurn(
      open('outbox'),
      press('print.card.button'),
      press('print.card.print'),
      async ({ page }) => page.locator('.qr-sheet').waitFor({ state: 'attached' }),
    ),
  },
  {
    name: 'history-empty',
    replies: { 'history.list': { invitations: [], next: null } },
    show: inTurn(open('history'), seen('history.empty')),
  },
  { name: 'history', show: inTurn(open('history'), seen('state.refused')) },
  { name: 'history-open', show: inTurn(open('history'), seen('state.refused'), openRows(2)) },
  {
    name: 'history-nothing-found',
    show: async (stage) => {
      await open('history')(stage);
      await stage.become({ 'history.list': { invitations: [], next: null } });
      await stage.page.getByRole('searchbox').fill('Zoltan');
      await seen('history.none')(stage);
    },
  },
  {
    name: 'history-chart',
    show: async (stage) => {
      await open('history')(stage);
      await stage.page.locator('.chart-table summary').click();
    },
  },
  {
    name: 'history-exporting',
    replies: { 'history.export': 'unanswered' },
    show: async (stage) => {
      await inTurn(open('history'), press('history.export.start'))(stage);
      await stage.tell('export.progressed', { rows: 120_000 });
      await stage.page.getByText('120').waitFor();
    },
  },
  {
    name: 'history-erase',
    show: inTurn(open('history'), openRows(1), press('erase.ask'), seen('erase.keepOut')),
  },
  {
    name: 'history-erase-number',
    show: async (stage) => {
      await open('history')(stage);
      await stage.become({ 'history.list': { invitations: [], next: null } });
      await stage.page.getByRole('searchbox').fill('06 39 98 00 42');
      await stage.page.locator('.found > .erase').waitFor();
      await seen('history.none')(stage);
    },
  },
];
