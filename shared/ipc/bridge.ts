/** Names only, so that the sandboxed preload stays a dozen lines and contains no schema. */
export const CALLS = [
  'app.read',
  'app.retryStart',
  'app.leavePractice',
  'welcome.setStep',
  'verdict.check',
  'verdict.prefetch',
  'verdict.checkWithPartoo',
  'force.requestTicket',
  'formDraft.save',
  'formDraft.load',
  'lastChoice.save',
  'doNotContact.optOut',
  'doNotContact.undoOptOut',
  'invitation.enqueue',
  'invitation.undo',
  'invitation.cancel',
  'invitation.sendNow',
  'invitation.resolve',
  'invitation.checkAgain',
  'invitation.attempts',
  'outbox.list',
  'outbox.flush',
  'otherDesks.readStatus',
  'otherDesks.listOpen',
  'otherDesks.takeOver',
  'desks.readReport',
  'desks.readErasures',
  'desks.rename',
  'desks.remove',
  'desks.exportSites',
  'history.list',
  'history.dailyCounts',
  'history.export',
  'history.cancelExport',
  'customer.erase',
  'page.print',
  'connection.read',
  'connection.check',
  'settings.read',
  'settings.save',
  'settings.shareStaff',
  'settings.unlock',
  'settings.lock',
  'pin.save',
  'pin.remove',
  'holidays.regions',
  'diagnostics.copy',
  'doNotContact.list',
  'doNotContact.add',
  'doNotContact.remove',
  'doNotContact.export',
  'doNotContact.previewImport',
  'doNotContact.chooseColumns',
  'doNotContact.confirmImport',
  'businesses.search',
  'apiKey.save',
  'apiKey.test',
  'apiKey.remove',
  'backup.list',
  'backup.make',
  'backup.restore',
  'databaseOwner.choose',
  'prefill.take',
  'kiosk.exit',
  'systemSettings.readStatus',
  'about.read',
  'about.openBrowserLicences',
] as const;
export type CallName = (typeof CALLS)[number];

/** The events that main sends to the page. In the past tense. */
export const EVENTS = [
  'app.changed',
  'invitation.changed',
  'connection.changed',
  'otherDesks.changed',
  'export.progressed',
  'prefill.arrived',
  'menu.itemChosen',
  'kiosk.exitRequested',
] as const;
export type EventName = (typeof EVENTS)[number];

/** The property of `window` that holds the bridge. */
export const BRIDGE = 'deskbell';

/** Everything that the page can access: one function per call, one subscription per event. */
export type Bridge = {
  readonly calls: Readonly<Record<CallName, (input: unknown) => Promise<unknown>>>;
  /** Calls `listener` on each event until the returned function is called. */
  readonly events: Readonly<Record<EventName, (listener: (detail: unknown) => void) => () => void>>;
};

/**
 * Builds a record with one entry per name: the bridge from the lists above, and the client and the fake from the
 * bridge.
 */
export function recordOf<N extends string, V>(
  names: readonly N[],
  valueOf: (name: N) => V,
): Readonly<Record<N, V>> {
  // oxlint-disable-next-line typescript/consistent-type-assertions -- every name gets a value here; Object.fromEntries loses that type
  return Object.freeze(Object.fromEntries(names.map((name) => [name, valueOf(name)]))) as Record<
    N,
    V
  >;
}
