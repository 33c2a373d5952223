import type { DeskSnapshot } from '../../shared/desk-snapshot.ts';
import type { DesktopPort } from '../app/desktop-port.ts';
import type { SettingsService, PinFailure } from '../settings/settings-service.ts';
import { refusalOf, type PinCheck } from '../../shared/pin.ts';
import type { Exported } from '../export/history-export.ts';
import type { DeskSession } from '../app/desk-session.ts';
import type { KeptFormMemory } from './form-draft.ts';
import type { ActionResult } from '../outbox/manual-actions.ts';
import type { BackupService } from '../backup/backup-service.ts';
import type { DatabaseOwner } from '../backup/database-owner.ts';
import type { Handlers } from './serve.ts';

export type HandlerParts = {
  /** Prints the page with the system's print dialog. */
  readonly print: () => Promise<'printed' | 'cancelled' | 'failed'>;
  /** Opens the desk session where it is blocked; an open one stays as it is. */
  readonly retry: () => Promise<void>;
  readonly readSnapshot: () => Promise<DeskSnapshot>;
  readonly leavePractice: () => Promise<void>;
  readonly session: () => Promise<DeskSession | undefined>;
  readonly settingsService: () => Promise<SettingsService | undefined>;
  readonly backupService: () => Promise<BackupService | undefined>;
  readonly databaseOwner: () => Promise<DatabaseOwner | undefined>;
  readonly desktopIntegration: DesktopPort;
  readonly formDraft: KeptFormMemory;
};

const ok = <T>(value: T) => ({ ok: true, value }) as const;
const no = <const F extends { readonly kind: string }>(failure: F) =>
  ({ ok: false, failure }) as const;
const BLOCKED = no({ kind: 'blocked' });
const TOO_LATE = no({ kind: 'too-late' });
const PIN_NEEDED = no({ kind: 'pin-needed', isSet: true });

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
    answer: (office: SettingsService) => T,
  ): Promise<Awaited<T> | typeof BLOCKED> => {
    const office = await app.settingsService();
    return office === undefined ? BLOCKED : await answer(office);
  };
  // SECURITY: managers' actions go through here, so that a compromised page cannot run them either.
  const asManager = async <T>(
    answer: (office: SettingsService) => T,
  ): Promise<Awaited<T> | typeof BLOCKED | typeof PIN_NEEDED> =>
    withSettings((office) => (office.manager.isAtWork() ? answer(office) : PIN_NEEDED));
  /** Returns why this needs a PIN, or another one; undefined where it is allowed. */
  const whyRefused = async (ask: (office: SettingsService) => Promise<PinFailure | undefined>) => {
    const refused = await withSettings(ask);
    if (refused === undefined || 'ok' in refused) return refused;
    return no(refused);
  };
  const withBackups = async <T>(
    answer: (backupService: BackupService) => T,
  ): Promise<Awaited<T> | typeof BLOCKED> => {
    const backupService = await app.backupService();
    return backupService === undefined ? BLOCKED : await answer(backupService);
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
      withSettings((office) => {
        office.keepWelcome(to);
        return ok({});
      }),
    'verdict.check': (asked) => withSession((session) => ok(session.checkVerdict(asked))),
    'verdict.prefetch': ({ phones, ...asked }) =>
      withSession((session) =>
        ok(phones.map((phone) => ({ phone, verdict: session.checkVerdict({ ...asked, phone }) }))),
      ),
    'verdict.checkWithPartoo': (asked) =>
      withSession(async (session) => ok(await session.askVerdict(asked))),
    'force.requestTicket': async ({ pin, ...question }) => {
      const refused = await whyRefused((office) => office.refuseForce(pin));
      if (refused !== undefined) return refused;
      return withSession((session) => {
        const answer = session.askForce(question);
        return answer.kind === 'ticket' ? ok({ ticket: answer.ticket }) : no(answer);
      });
    },
    'formDraft.save': ({ form }) => {
      formDraft.keep(form);
      return ok({});
    },
    'formDraft.load': () => ok({ form: formDraft.recall() }),
    'lastChoice.save': (choice) =>
      withSession((session) => {
        session.remember(choice);
        return ok({});
      }),
    'doNotContact.optOut': (entry) => withSession((session) => ok(session.addDoNotContact(entry))),
    'doNotContact.undoOptOut': (entry) =>
      withSession((session) => {
        session.undoDoNotContact(entry);
        return ok({});
      }),
    'invitation.enqueue': (draft) =>
      withSession((session) => {
        const enqueued = session.enqueue(draft);
        return enqueued.kind === 'saved' ? ok(enqueued.invitation) : no(enqueued);
      }),
    'invitation.undo': ({ id }) => withSession((session) => found(session.undo(id))),
    'invitation.cancel': ({ id }) => withSession((session) => moved(session.byHand(id, 'cancel'))),
    'invitation.sendNow': ({ id }) =>
      withSession((session) => {
        const sent = session.byHand(id, 'send-now');
        return sent.kind === 'not-allowed' || sent.kind === 'consent' ? no(sent) : moved(sent);
      }),
    'invitation.resolve': ({ id, as }) =>
      withSession((session) => moved(session.byHand(id, as === 'sent' ? 'mark-sent' : 'leave'))),
    'invitation.checkAgain': ({ id }) =>
      withSession((session) => moved(session.byHand(id, 'check-again'))),
    'invitation.attempts': ({ id }) => withSession((session) => found(session.readAttempts(id))),
    'outbox.list': () => withSession((session) => ok(session.listOpen())),
    'outbox.flush': () =>
      withSession((session) => {
        session.flushNow();
        return ok({});
      }),
    'history.list': (query) => withSession((session) => ok(session.listFinished(query))),
    'history.dailyCounts': ({ instants }) =>
      withSession((session) =>
        ok({ tallies: session.tallyBetween(instants), waiting: session.countOpen() }),
      ),
    'history.export': async ({ filter, pin }) => {
      const refused = await whyRefused((office) => office.refuseSystemBox(pin ?? null));
      if (refused !== undefined) return refused;
      return withSession(async (session) => exported(await session.exportHistory(filter)));
    },
    'history.cancelExport': () =>
      withSession(async (session) => {
        await session.cancelExport();
        return ok({});
      }),
    // SECURITY: an erasure can remove a number from the do-not-contact list, which only managers may do.
    'customer.erase': async ({ phone, refusal, pin }) => {
      const refused = await whyRefused((office) => office.refuseErasure(pin));
      if (refused !== undefined) return refused;
      return withSession((session) => {
        const erased = session.eraseCustomer(phone, refusal);
        return erased.kind === 'erased' ? ok({ invitations: erased.invitations }) : no(erased);
      });
    },
    'page.print': async ({ pin }) => {
      const refused = await whyRefused((office) => office.refuseSystemBox(pin ?? null));
      if (refused !== undefined) return refused;
      const printed = await app.print();
      return printed === 'failed' ? no({ kind: 'print' }) : ok({ kind: printed });
    },
    'connection.read': () => withSession((session) => ok(session.connection())),
    'connection.check': () =>
      withSession((session) => {
        session.wake('hint');
        return ok({});
      }),
    'settings.read': () => withSettings((office) => office.readSettings()),
    'settings.save': (change) => asManager((office) => office.saveSettings(change)),
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
      withSettings(async (office) => checked(await office.removePin(current))),
    'holidays.regions': () => withSettings(async (office) => ok(await office.listRegions())),
    'diagnostics.copy': () =>
      withSettings(async (office) => ok({ text: await office.copyDiagnostics() })),
    'doNotContact.list': (query) => asManager(({ doNotContact }) => ok(doNotContact.list(query))),
    'doNotContact.add': ({ phone }) =>
      asManager(({ doNotContact }) => ok({ added: doNotContact.put(phone) })),
    'doNotContact.remove': ({ phone }) =>
      asManager(({ doNotContact }) => {
        doNotContact.remove(phone);
        return ok({});
      }),
    'doNotContact.export': () =>
      asManager(async ({ doNotContact }) => ok(await doNotContact.exportFile())),
    'doNotContact.previewImport': () =>
      asManager(async ({ doNotContact }) => ok(await doNotContact.readImport())),
    'doNotContact.chooseColumns': ({ token, columns }) =>
      asManager(async ({ doNotContact }) => {
        const reading = await doNotContact.chooseColumns(token, columns);
        return reading === undefined ? no({ kind: 'ticket' }) : ok(reading);
      }),
    'doNotContact.confirmImport': ({ token }) =>
      asManager(({ doNotContact }) => {
        const added = doNotContact.importRead(token);
        return added === undefined ? no({ kind: 'ticket' }) : ok({ added });
      }),
    'businesses.search': (query) => asManager((office) => office.searchBusinesses(query)),
    'apiKey.save': ({ key }) => asManager((office) => office.saveKey(key)),
    'apiKey.test': () => asManager((office) => office.testKey()),
    'apiKey.remove': () => asManager((office) => office.removeKey()),
    'backup.list': () => withBackups((backupService) => backupService.listBackups()),
    'backup.make': () => withBackups((backupService) => backupService.makeBackup()),
    'backup.restore': ({ name }) =>
      asManager(() => withBackups((backupService) => backupService.restoreBackup(name))),
    'databaseOwner.choose': ({ as }) =>
      asManager(async () => {
        const owner = await app.databaseOwner();
        if (owner === undefined) return BLOCKED;
        await owner.settle(as);
        return ok({});
      }),
    'prefill.take': () => ok(app.desktopIntegration.takePrefill()),
    'kiosk.exit': ({ pin }) =>
      withSettings(async ({ manager }) => {
        if (pin === null && manager.standing().kind === 'locked') return PIN_NEEDED;
        const answer = pin === null ? ok({}) : checked(await manager.check(pin));
        if (answer.ok) app.desktopIntegration.leave();
        return answer;
      }),
    'systemSettings.readStatus': () => ok(app.desktopIntegration.standing()),
    'about.read': async () => ok(await app.desktopIntegration.readAbout()),
    'about.openBrowserLicences': async () => {
      await app.desktopIntegration.openBrowserLicences();
      return ok({});
    },
  };
}

function checked(check: PinCheck) {
  const refusal = refusalOf(check);
  return refusal === undefined ? ok({}) : no(refusal);
}

function found<T>(value: T | undefined) {
  return value === undefined ? TOO_LATE : ok(value);
}

function exported(result: Exported) {
  switch (result.kind) {
    case 'saved':
    case 'cancelled':
      return ok(result);
    case 'file':
      return no({ kind: 'export', why: result.why });
    case 'busy':
      return no({ kind: 'export-busy' });
    default:
      return result satisfies never;
  }
}

function moved(result: ActionResult) {
  return result.kind === 'done' ? ok(result.invitation) : TOO_LATE;
}
