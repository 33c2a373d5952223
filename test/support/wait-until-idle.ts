import type { SiteClient } from '../../electron/sharing/site-calls.ts';
import type { Partoo } from '../../electron/outbox/partoo-port.ts';
import { ticks } from './clock.ts';

export type Pending = {
  /** The same client, which counts its requests in flight. */
  readonly watch: (partoo: Partoo) => Partoo;
  /** The same client of a site database, whose calls count too. */
  readonly watchSite: (client: SiteClient) => SiteClient;
  /** Resolves when none is in flight and none begins by itself. Rejects when none ends for 30 s of real time. */
  readonly rest: () => Promise<void>;
  /** Stops waiting for the requests that are in flight now. */
  readonly forget: () => void;
};

const PATIENCE_MS = 30_000;

/** Knows when an application with real sockets has settled. */
export function countPending(): Pending {
  let underWay = new Set<symbol>();
  let movedMs = 0;

  const counted = async <T>(work: Promise<T>): Promise<T> => {
    const one = Symbol('request');
    underWay.add(one);
    movedMs = performance.now();
    try {
      return await work;
    } finally {
      underWay.delete(one);
      movedMs = performance.now();
    }
  };

  return {
    watch: (partoo) => ({
      send: (request, mayStart) => counted(partoo.send(request, mayStart)),
      search: (query) => counted(partoo.search(query)),
      checkDelivery: (id) => counted(partoo.checkDelivery(id)),
      searchBusinesses: (query) => counted(partoo.searchBusinesses(query)),
      checkKey: () => counted(partoo.checkKey()),
      checkReachable: () => counted(partoo.checkReachable()),
      close: () => counted(partoo.close()),
    }),
    watchSite: ({ database, keys }) => ({
      keys,
      database: {
        hello: (now) => counted(database.hello(now)),
        look: (phones) => counted(database.look(phones)),
        claim: (wanted) => counted(database.claim(wanted)),
        settle: (invitation, claim, result) => counted(database.settle(invitation, claim, result)),
        attributeSms: (invitation, ids) => counted(database.attributeSms(invitation, ids)),
        turns: (purpose, count) => counted(database.turns(purpose, count)),
        pause: (ms) => counted(database.pause(ms)),
        refuse: (refusal) => counted(database.refuse(refusal)),
        refuseUndo: (phone) => counted(database.refuseUndo(phone)),
        erase: (order) => counted(database.erase(order)),
        erasureProgress: (seqs) => counted(database.erasureProgress(seqs)),
        pull: (after, clearedTo) => counted(database.pull(after, clearedTo)),
        push: (known, change, batch) => counted(database.push(known, change, batch)),
        takeOver: (invitation) => counted(database.takeOver(invitation)),
        reportSite: () => counted(database.reportSite()),
        reportOrganisation: () => counted(database.reportOrganisation()),
        settings: () => counted(database.settings()),
        changeStaff: (added, removed, begins) =>
          counted(database.changeStaff(added, removed, begins)),
        endSharedStaff: () => counted(database.endSharedStaff()),
        renameDesk: (desk, name) => counted(database.renameDesk(desk, name)),
        removeDesk: (desk) => counted(database.removeDesk(desk)),
        close: database.close,
      },
    }),
    rest: async () => {
      movedMs = performance.now();
      do {
        if (performance.now() - movedMs > PATIENCE_MS)
          throw new Error('requests did not settle in 30 s');
        await ticks();
      } while (underWay.size > 0);
    },
    forget: () => {
      underWay = new Set();
    },
  };
}
