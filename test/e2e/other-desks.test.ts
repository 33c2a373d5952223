import { describe, test } from 'vitest';
import type { OtherDeskList } from '../../shared/other-desks.ts';
import { SECOND_MS } from '../../shared/time.ts';
import { DESK_REPORT, ELSEWHERE, invitationTo, NOW } from '../screenshots/fixtures.ts';
import { openStage, type Replies } from '../screenshots/stage.ts';
import { expect } from '../support/expect.ts';
import { listen } from '../support/screen-reader.ts';
import { aSharedApp } from './open-installation.ts';

const LISTED: OtherDeskList = { kind: 'listed', invitations: ELSEWHERE };
const NONE: OtherDeskList = { kind: 'listed', invitations: [] };
const CONNECTED = { kind: 'connected' } as const;
const CUT_OFF = { kind: 'apart', since: NOW, waits: true, cause: 'unreachable' } as const;
const TAKEN = invitationTo(71, 'Marie Dupont', { state: 'waiting', at: NOW, dueAt: NOW });

describe('the other desks', () => {
  const shared = aSharedApp();

  /** The window of a desk with these replies, and the calls that it makes. */
  async function show(replies: Replies) {
    const { app } = shared();
    const { page, runInMain } = app;
    const stage = await openStage(app);
    await page.clock.install({ time: NOW });
    await stage.enter({ name: 'other-desks', replies }, 'en');
    /** From now on a call gets another reply; the page is not told. */
    const reply = (name: keyof Replies, value: object): Promise<void> =>
      runInMain(
        ({ ipcMain }, [call, given]) => {
          ipcMain.removeHandler(call);
          ipcMain.handle(call, () => given);
        },
        [name, value] as const,
      );
    const tell = (status: typeof CONNECTED | typeof CUT_OFF): Promise<void> =>
      runInMain(({ BrowserWindow }, told) => {
        for (const { webContents } of BrowserWindow.getAllWindows())
          webContents.mainFrame.send('otherDesks.changed', told);
      }, status);
    const group = page.getByRole('region', { name: 'At other desks of this site' });
    const line = page.getByRole('status', { name: 'Other desks' });
    return { page, reply, tell, group, line, rows: group.getByRole('listitem') };
  }
  const listed = (value: OtherDeskList) => ({ ok: true, value });

  test('do not exist for a desk without a site database', async () => {
    const { page, line, group } = await show({ 'otherDesks.listOpen': LISTED });
    await page.getByRole('tab', { name: 'Outbox' }).click();
    await page.getByText('Nothing is waiting.').waitFor();
    await expect(line).toHaveCount(0);
    await expect(group).toHaveCount(0);
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await expect(page.getByRole('tabpanel', { name: 'Desks' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Desks', exact: true })).toHaveCount(0);
  });

  test('are announced once when they cannot be reached, and block nothing', async () => {
    const { page, reply, tell, line } = await show({ 'otherDesks.readStatus': CONNECTED });
    await expect(line).toBeEmpty();
    const heard = await listen(page);
    await reply('otherDesks.readStatus', { ok: true, value: CUT_OFF });
    await tell(CUT_OFF);
    await expect(line).toContainText('Invitations wait until they are.');
    expect((await heard()).filter((text) => text.includes('other desks'))).toHaveLength(1);
    await expect(page.getByRole('textbox', { name: 'Phone number' })).toBeFocused();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await reply('otherDesks.readStatus', { ok: true, value: CONNECTED });
    await tell(CONNECTED);
    await expect(line).toBeEmpty();
  });

  test('are asked about the number in the form as soon as they are reached again', async () => {
    const { page, reply, tell } = await show({
      'otherDesks.readStatus': CUT_OFF,
      'verdict.checkWithPartoo': { kind: 'no-answer' },
    });
    const verdict = page.getByRole('status', { name: 'Verdict' });
    await page.getByRole('textbox', { name: 'Phone number' }).fill('06 39 98 00 12');
    await expect(verdict).toContainText('Only this PC was checked');
    await reply('verdict.checkWithPartoo', {
      ok: true,
      value: {
        kind: 'asked',
        by: 'desks',
        verdict: {
          ruling: { kind: 'never' },
          otherName: null,
          waitsUntil: null,
          waitsFor: null,
          knownSince: null,
          refusedAt: null,
          waitsElsewhere: {
            since: NOW,
            place: { site: 'Lille', desk: 'Desk 2' },
            silentSince: null,
          },
        },
      },
    });
    await tell(CONNECTED);
    await expect(verdict).toContainText('The other desks list no SMS to this number.');
    await expect(verdict).toContainText('Waits at Desk 2 since');
    await expect(page.getByRole('button', { name: 'Send invitation' })).toBeEnabled();
  });

  test('show their waiting invitations: on opening the outbox, on an event, and every 30 seconds', async () => {
    const { page, reply, tell, rows, group } = await show({
      'otherDesks.readStatus': CONNECTED,
      'otherDesks.listOpen': LISTED,
    });
    await page.getByRole('tab', { name: 'Outbox' }).click();
    await expect(rows).toHaveCount(ELSEWHERE.length);
    await expect(rows.first()).toContainText('•••• 42');
    await expect(rows.first()).toContainText('Desk 2');
    await expect(group.getByRole('button', { name: 'Take over' })).toHaveCount(1);
    await expect(rows.nth(1)).toContainText('sends it itself');

    await reply('otherDesks.listOpen', listed(NONE));
    await page.clock.fastForward(29 * SECOND_MS);
    await expect(rows).toHaveCount(ELSEWHERE.length);
    await page.clock.fastForward(2 * SECOND_MS);
    await expect(group).toHaveCount(0);
    await reply('otherDesks.listOpen', listed(LISTED));
    await tell(CONNECTED);
    await expect(rows).toHaveCount(ELSEWHERE.length);
    await reply('otherDesks.listOpen', listed({ kind: 'unavailable' }));
    await tell(CONNECTED);
    await expect(group).toContainText('can’t be reached at the moment');
  });

  test('an invitation is taken over with the manager’s PIN, and a refusal is said in words', async () => {
    const { page, reply, group } = await show({
      'otherDesks.readStatus': CONNECTED,
      'otherDesks.listOpen': LISTED,
      'otherDesks.takeOver': { failure: { kind: 'take-over', why: 'awake' } },
    });
    await page.getByRole('tab', { name: 'Outbox' }).click();
    const takeOver = group.getByRole('button', { name: 'Take over' });
    await takeOver.click();
    await page.getByText('That desk is switched on and sends this invitation itself.').waitFor();

    await reply('otherDesks.takeOver', { ok: false, failure: { kind: 'pin-needed', isSet: true } });
    await takeOver.click();
    const dialog = page.getByRole('dialog', { name: 'Take over this invitation?' });
    await dialog.getByLabel('Manager PIN').fill('1234');
    await reply('otherDesks.takeOver', {
      ok: false,
      failure: { kind: 'wrong-pin', waitSeconds: 0 },
    });
    await dialog.getByRole('button', { name: 'Take over' }).click();
    await expect(dialog).toContainText('That’s not the right PIN.');
    await reply('otherDesks.takeOver', { ok: true, value: TAKEN });
    await reply('otherDesks.listOpen', listed(NONE));
    await dialog.getByLabel('Manager PIN').fill('4711');
    await dialog.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('Taken over: this desk sends the SMS to Marie Dupont.').waitFor();
    await expect(dialog).toHaveCount(0);
    await expect(group).toHaveCount(0);
  });

  test('are listed for a manager, with the requests of all of them', async () => {
    const { page, reply } = await show({
      'otherDesks.readStatus': CONNECTED,
      'desks.readReport': DESK_REPORT,
    });
    await page.getByRole('tab', { name: 'Settings' }).click();
    const panel = page.getByRole('tabpanel', { name: 'Desks' });
    await expect(panel).toContainText('212 of 250 requests this minute.');
    await expect(panel.getByRole('row', { name: /^Desk 2/ })).toContainText('Clock 6 minutes slow');
    await expect(panel.getByRole('row', { name: /^Lyon/ })).toContainText('never');
    await reply('desks.readReport', { ok: true, value: null });
    await page.clock.fastForward(31 * SECOND_MS);
    await expect(panel).toContainText('can’t be shown at the moment');
    await expect(panel.getByRole('table')).toHaveCount(0);
  });

  describe('are changed by a manager', () => {
    async function showDesks(replies: Replies) {
      const { page, reply } = await show({
        'otherDesks.readStatus': CONNECTED,
        'desks.readReport': DESK_REPORT,
        ...replies,
      });
      await page.getByRole('tab', { name: 'Settings' }).click();
      const panel = page.getByRole('tabpanel', { name: 'Desks' });
      const button = (name: string) => panel.getByRole('button', { name, exact: true });
      await button('Rename Desk 2').waitFor();
      const field = panel.getByRole('textbox', { name: 'New name of Desk 2' });
      return { page, reply, panel, button, field };
    }

    test('who renames one: Enter saves, Esc keeps the name, and the text survives another tab', async () => {
      const { page, reply, panel, button, field } = await showDesks({
        'desks.rename': { failure: { kind: 'desk-change', why: 'too-many' } },
      });
      await button('Rename Desk 2').click();
      await expect(field).toBeFocused();
      await expect(field).toHaveValue('Desk 2');
      await field.press('Escape');
      await expect(field).toHaveCount(0);
      await expect(button('Rename Desk 2')).toBeFocused();

      await button('Rename Desk 2').click();
      await field.fill('  ');
      await button('Save the new name of Desk 2').click();
      await expect(panel).toContainText('Enter a name first.');
      await field.fill('Night desk');
      await page.getByRole('tab', { name: 'Outbox' }).click();
      await page.getByRole('tab', { name: 'Settings' }).click();
      await expect(field).toHaveValue('Night desk');
      await field.press('Enter');
      await expect(panel).toContainText('That is too many changes for one day.');
      await expect(field).toHaveValue('Night desk');
      await reply('desks.rename', { ok: true, value: {} });
      const desks = DESK_REPORT.desks.map((desk) =>
        desk.id === 2 ? { ...desk, name: 'Late desk' } : desk,
      );
      await reply('desks.readReport', { ok: true, value: { ...DESK_REPORT, desks } });
      await field.fill('Late desk');
      await button('Save the new name of Desk 2').click();
      await expect(panel).toContainText('Desk 2 is now called Late desk.');
      await expect(button('Rename Late desk')).toBeFocused();
    });

    test('who removes a silent one after a question, and neither this one nor one that is on', async () => {
      const { reply, panel, button } = await showDesks({
        'desks.remove': { failure: { kind: 'desk-change', why: 'awake' } },
      });
      await expect(panel.getByRole('button', { name: /^Remove/ })).toHaveCount(1);
      await button('Remove Desk 2').click();
      const question = panel.getByRole('group', { name: /^Remove Desk 2\?/ });
      await expect(question).toContainText('it needs a new code');
      await question.getByRole('button', { name: 'Keep' }).click();
      await expect(button('Remove Desk 2')).toBeFocused();
      await button('Remove Desk 2').click();
      await question.getByRole('button', { name: 'Remove' }).click();
      await expect(panel).toContainText('only a silent desk can be removed');

      await reply('desks.remove', { ok: true, value: {} });
      const desks = DESK_REPORT.desks.map((desk) =>
        desk.id === 2 ? { ...desk, isRemoved: true } : desk,
      );
      await reply('desks.readReport', { ok: true, value: { ...DESK_REPORT, desks } });
      await button('Remove Desk 2').click();
      await question.getByRole('button', { name: 'Remove' }).click();
      await expect(panel).toContainText('Desk 2 was removed.');
      await expect(panel.getByRole('button', { name: /Desk 2$/ })).toHaveCount(0);
    });

    test('who is told when the site database did not answer, although the desks are gone then', async () => {
      const { reply, panel, button } = await showDesks({
        'desks.remove': { failure: { kind: 'desk-change', why: 'unavailable' } },
      });
      await button('Remove Desk 2').click();
      await reply('desks.readReport', { ok: true, value: null });
      await panel.getByRole('group').getByRole('button', { name: 'Remove' }).click();
      await expect(panel).toContainText('may or may not have been done');
      await expect(panel.getByRole('table')).toHaveCount(0);
    });
  });
});
