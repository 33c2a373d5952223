import type { About } from '../../shared/about.ts';
import type { Prefill } from '../../shared/prefill.ts';
import type { SystemSettingsStatus } from '../../shared/system-settings.ts';
import type { App } from '../app/create-app.ts';
import type { SettingsService, PinFailure } from '../settings/settings-service.ts';
import type { DeskSession } from '../app/open-session.ts';
import type { KeptFormMemory } from './form-draft.ts';
import {
  BLOCKED,
  checked,
  deskChanged,
  exported,
  found,
  moved,
  no,
  ok,
  PIN_NEEDED,
  sitesExported,
  takenOver,
} from './replies.ts';
import type { Handlers } from './serve.ts';

/** What the page may request from the desktop around it. */
export type DesktopPort = {
  /** Takes the waiting prefill for the form, once. */
  readonly takePrefill: () => Prefill | null;
  /** Resolves when the desktop integration has loaded. */
  readonly readStatus: () => Promise<SystemSettingsStatus>;
  /** Closes the kiosk after the right PIN. */
  readonly leaveKiosk: () => Promise<void>;
  readonly readAbout: () => Promise<About>;
  readonly openBrowserLicences: () => Promise<void>;
};

export type HandlerParts = Pick<App, 'session' | 'retry' | 'readSnapshot' | 'leavePractice'> & {
  /** Prints the page with the system's print dialog. */
  readonly print: () => Promise<'printed' | 'cancelled' | 'failed'>;
  readonly desktop: DesktopPort;
  readonly formDraft: KeptFormMemory;
};

/** Creates the handler of each call: one line, or one choice between a value and a failure. */
export function createHandlers(app: HandlerParts): Handlers {
  const { formDraft } = app;
  const withSession = async <T>(
    answer: (session: DeskSession) => T,
  ): Promise<Awaited<T> | typeof BLOCKED> => {
    const session = await app.session();
    return session === undefined ? BLOCKED : await answer(session);
  };
  const withSettings = async <T>(
    answer: (settings: SettingsService) => T,
  ): Promise<Awaited<T> | typeof BLOCKED> =>
    withSession(({ settingsService }) => answer(settingsService));
  // SECURITY: managers' actions go through here, so that a compromised page cannot run them either.
  const asManager = async <T>(
    answer: (session: DeskSession) => T,
  ): Promise<Awaited<T> | typeof BLOCKED | typeof PIN_NEEDED> =>
    withSession((session) =>
      session.settingsService.manager.isAtWork() ? answer(session) : PIN_NEEDED,
    );
  // SECURITY: for what the page reads again and again. That is no activity: it would keep Settings unlocked.
  const whileUnlocked = async <T>(
    answer: (session: DeskSession) => T,
  ): Promise<Awaited<T> | typeof BLOCKED | typeof PIN_NEEDED> =>
    withSession((session) =>
      session.settingsService.manager.standing().kind === 'locked' ? PIN_NEEDED : answer(session),
    );
  /** Returns why this needs a PIN, or another one; undefined where it is allowed. */
  const whyRefused = async (
    ask: (settings: SettingsService) => Promise<PinFailure | undefined>,
  ) => {
    const refused = await withSettings(ask);
    if (refused === undefined || 'ok' in refused) return refused;
    return no(refused);
  };
  return {
    'app.read': async () => ok(await app.readSnapshot()),
    'app.retryStart': async () => {
      await app.retry();
      return ok(await app.readSnapshot());
    },
    'app.leavePractice': async () => {
      await app.leavePractice();
      return ok(await app.readSnapshot());
    },
    'welcome.setStep': ({ to }) =>
      withSettings((settings) => {
        settings.keepWelcome(to);
        return ok({});
      }),
    'verdict.check': (asked) => withSession(({ verdicts }) => ok(verdicts.check(asked))),
    'verdict.prefetch': ({ phones, ...asked }) =>
      withSession(async ({ verdicts }) => ok([...(await verdicts.prefetch(phones, asked))])),
    'verdict.checkWithPartoo': (asked) =>
      withSession(async ({ verdicts }) => ok(await verdicts.checkWithPartoo(asked))),
    'force.requestTicket': async ({ pin, ...question }) => {
      const refused = await whyRefused((settings) => settings.refuseForce(pin));
      if (refused !== undefined) return refused;
      return withSession(({ verdicts }) => {
        const answer = verdicts.requestTicket(question);
        return answer.kind === 'ticket' ? ok({ ticket: answer.ticket }) : no(answer);
      });
    },
    'formDraft.save': async ({ form }) => {
      formDraft.keep(form);
      const isCorrection = form !== null && form.correctsSince !== null;
      const session = await app.session();
      session?.courier.holdForCorrection(isCorrection ? form.replaces : null);
      return ok({});
    },
    'formDraft.load': () => ok({ form: formDraft.recall() }),
    'lastChoice.save': (choice) =>
      withSession(({ rememberChoice }) => {
        rememberChoice(choice);
        return ok({});
      }),
    'doNotContact.optOut': (entry) => withSession(({ optOut }) => ok(optOut.add(entry))),
    'doNotContact.undoOptOut': (entry) =>
      withSession(({ optOut }) => {
        optOut.undo(entry);
        return ok({});
      }),
    'invitation.enqueue': (draft) =>
      withSession(({ enqueue }) => {
        const enqueued = enqueue(draft);
        return enqueued.kind === 'saved' ? ok(enqueued.invitation) : no(enqueued);
      }),
    'invitation.undo': ({ id }) =>
      withSession(({ manualActions }) => found(manualActions.undo(id))),
    'invitation.cancel': ({ id }) =>
      withSession(({ manualActions }) => moved(manualActions.act(id, 'cancel'))),
    'invitation.sendNow': ({ id }) =>
      withSession(({ manualActions }) => {
        const sent = manualActions.act(id, 'send-now');
        return sent.kind === 'not-allowed' || sent.kind === 'consent' ? no(sent) : moved(sent);
      }),
    'invitation.resolve': ({ id, as }) =>
      withSession(({ manualActions }) =>
        moved(manualActions.act(id, as === 'sent' ? 'mark-sent' : 'leave')),
      ),
    'invitation.checkAgain': ({ id }) =>
      withSession(({ manualActions }) => moved(manualActions.act(id, 'check-again'))),
    'invitation.attempts': ({ id }) =>
      withSession(({ store }) => {
        const row = store.readRow(id);
        return found(row && { invitation: row.invitation, attempts: store.listAttempts(id) });
      }),
    'outbox.list': () => withSession(({ store }) => ok(store.listOpen())),
    'otherDesks.readStatus': () => withSession(({ otherDesks }) => ok(otherDesks.status())),
    'otherDesks.listOpen': () =>
      withSession(async ({ otherDesks }) => ok(await otherDesks.listOpen())),
    // SECURITY: taking over reads a customer's number of another desk.
    'otherDesks.takeOver': async ({ id, pin }) => {
      const refused = await whyRefused((settings) => settings.refuseTakeOver(pin));
      if (refused !== undefined) return refused;
      return withSession(async ({ otherDesks }) => takenOver(await otherDesks.takeOver(id)));
    },
    'desks.readReport': () =>
      whileUnlocked(async ({ otherDesks }) => ok((await otherDesks.readReport()) ?? null)),
    'desks.readErasures': () =>
      whileUnlocked(async ({ otherDesks }) => ok(await otherDesks.readErasures())),
    'desks.rename': ({ id, name }) =>
      asManager(async ({ otherDesks }) => deskChanged(await otherDesks.renameDesk(id, name))),
    'desks.remove': ({ id }) =>
      asManager(async ({ otherDesks }) => deskChanged(await otherDesks.removeDesk(id))),
    'desks.exportSites': () =>
      asManager(async (session) => sitesExported(await session.exportSites())),
    'outbox.flush': () =>
      withSession(({ manualActions }) => {
        manualActions.flushNow();
        return ok({});
      }),
    'history.list': (query) => withSession(({ store }) => ok(store.listFinished(query))),
    'history.dailyCounts': ({ instants }) =>
      withSession(({ store }) =>
        ok({ tallies: store.tallyBetween(instants), waiting: store.countOpen() }),
      ),
    'history.export': async ({ filter, pin }) => {
      const refused = await whyRefused((settings) => settings.refuseSystemBox(pin ?? null));
      if (refused !== undefined) return refused;
      return withSession(async ({ historyExport }) => exported(await historyExport.start(filter)));
    },
    'history.cancelExport': () =>
      withSession(async ({ historyExport }) => {
        await historyExport.cancel();
        return ok({});
      }),
    // SECURITY: an erasure can remove a number from the do-not-contact list, which only managers may do.
    'customer.erase': async ({ phone, refusal, pin }) => {
      const refused = await whyRefused((settings) => settings.refuseErasure(pin));
      if (refused !== undefined) return refused;
      return withSession(async ({ eraseCustomer }) => {
        const erased = await eraseCustomer(phone, refusal);
        if (erased.kind !== 'erased') return no(erased);
        const { invitations, elsewhere } = erased;
        return ok({ invitations, elsewhere });
      });
    },
    'page.print': async ({ pin }) => {
      const refused = await whyRefused((settings) => settings.refuseSystemBox(pin ?? null));
      if (refused !== undefined) return refused;
      const printed = await app.print();
      return printed === 'failed' ? no({ kind: 'print' }) : ok({ kind: printed });
    },
    'connection.read': () => withSession(({ courier }) => ok(courier.connection())),
    'connection.check': () =>
      withSession(({ courier }) => {
        courier.wake('event');
        return ok({});
      }),
    'settings.read': () => withSettings((settings) => settings.readSettings()),
    'settings.save': (change) =>
      asManager(({ settingsService }) => settingsService.saveSettings(change)),
    'settings.shareStaff': ({ isShared }) =>
      asManager(({ settingsService }) => settingsService.shareStaff(isShared)),
    'settings.unlock': ({ pin }) =>
      withSettings(async ({ manager }) => checked(await manager.unlock(pin))),
    'settings.lock': () =>
      withSettings(({ manager }) => {
        manager.lock();
        return ok({});
      }),
    'pin.save': ({ current, next }) =>
      withSettings(async ({ manager }) => checked(await manager.save(current, next))),
    'pin.remove': ({ current }) =>
      withSettings(async (settings) => checked(await settings.removePin(current))),
    'holidays.regions': () => withSettings(async (settings) => ok(await settings.listRegions())),
    'diagnostics.copy': () =>
      withSettings(async (settings) => ok({ text: await settings.copyDiagnostics() })),
    'doNotContact.list': (query) =>
      asManager(({ settingsService: { doNotContact } }) => ok(doNotContact.list(query))),
    'doNotContact.add': ({ phone }) =>
      asManager(({ settingsService: { doNotContact } }) => ok({ added: doNotContact.put(phone) })),
    'doNotContact.remove': ({ phone }) =>
      asManager(({ settingsService: { doNotContact } }) => {
        doNotContact.remove(phone);
        return ok({});
      }),
    'doNotContact.export': () =>
      asManager(async ({ settingsService: { doNotContact } }) =>
        ok(await doNotContact.exportFile()),
      ),
    'doNotContact.previewImport': () =>
      asManager(async ({ settingsService: { doNotContact } }) =>
        ok(await doNotContact.readImport()),
      ),
    'doNotContact.chooseColumns': ({ token, columns }) =>
      asManager(async ({ settingsService: { doNotContact } }) => {
        const reading = await doNotContact.chooseColumns(token, columns);
        return reading === undefined ? no({ kind: 'ticket' }) : ok(reading);
      }),
    'doNotContact.confirmImport': ({ token }) =>
      asManager(({ settingsService: { doNotContact } }) => {
        const added = doNotContact.importRead(token);
        return added === undefined ? no({ kind: 'ticket' }) : ok({ added });
      }),
    'businesses.search': (query) =>
      asManager(({ settingsService }) => settingsService.searchBusinesses(query)),
    'apiKey.save': ({ key }) => asManager(({ settingsService }) => settingsService.saveKey(key)),
    'apiKey.test': () => asManager(({ settingsService }) => settingsService.testKey()),
    'apiKey.remove': () => asManager(({ settingsService }) => settingsService.removeKey()),
    'backup.list': () => withSession(({ backupService }) => backupService.listBackups()),
    'backup.make': () => withSession(({ backupService }) => backupService.makeBackup()),
    'backup.restore': ({ name }) =>
      asManager(({ backupService }) => backupService.restoreBackup(name)),
    'databaseOwner.choose': ({ as }) =>
      asManager(async ({ owner }) => {
        await owner.settle(as);
        return ok({});
      }),
    'prefill.take': () => ok(app.desktop.takePrefill()),
    'kiosk.exit': async ({ pin }) => {
      const refused = await whyRefused((settings) => settings.refuseKioskExit(pin));
      if (refused !== undefined) return refused;
      await app.desktop.leaveKiosk();
      return ok({});
    },
    'systemSettings.readStatus': async () => ok(await app.desktop.readStatus()),
    'about.read': async () => ok(await app.desktop.readAbout()),
    'about.openBrowserLicences': async () => {
      await app.desktop.openBrowserLicences();
      return ok({});
    },
  };
}
