import { isInFlight, type Send } from './database.ts';
import { RULES, type Rules } from './rules.ts';

// Rules of the SQL, each switched off.

/** Claims are numbered for each row: after one was taken back, the next one has its number. */
export const NUMBERS_START_AGAIN: Partial<Rules> = {
  claim: (db, now, call) => {
    const own = db.sends.find(
      ({ invitation, desk }) => invitation === call.invitation && desk === call.desk,
    );
    return RULES.claim(db, now, { ...call, claim: (own?.claim ?? 0) + 1 });
  },
};

/** A push of an earlier attempt ends the flight of the next one, and moves its time back. */
export const FLIGHTS_END: Partial<Rules> = {
  push: (db, now, call) => {
    const pushed = RULES.push(db, now, call);
    const asTold = (one: Send): Send => {
      const item = call.sends.find(({ invitation }) => invitation === one.invitation);
      if (item === undefined || item.proved || one.desk !== call.desk || !isInFlight(one, now))
        return one;
      return { ...one, state: 'maybe', sentAt: item.sentAt };
    };
    return { ...pushed, db: { ...pushed.db, sends: pushed.db.sends.map(asTold) } };
  },
};

/** The database says nothing about the SMS of other invitations. */
export const ATTRIBUTES_NOTHING: Partial<Rules> = {
  attributeSms: (db) => ({ db, answer: [] }),
};

/** The database says which SMS belong to other invitations, and reserves none. */
export const RESERVES_NOTHING: Partial<Rules> = {
  attributeSms: (db, now, call) => ({ db, answer: RULES.attributeSms(db, now, call).answer }),
};

/** The database takes no notice of an SMS that is being sent. */
export const OVERLOOKS_FLIGHTS: Partial<Rules> = {
  attributeSms: (db, now, call) => {
    const sends = db.sends.map((one) => ({ ...one, state: 'maybe' as const }));
    const { answer } = RULES.attributeSms({ ...db, sends }, now, call);
    return { ...RULES.attributeSms(db, now, call), answer };
  },
};

/** A push does not say what the database has acknowledged. */
export const PUSHES_BLINDLY: Partial<Rules> = {
  push: (db, now, call) => RULES.push(db, now, { ...call, known: 0 }),
};
