import { deskOf } from './database.ts';
import type { Desk, Name, World } from './world.ts';

/**
 * Worlds without a relevant difference have one key. Times count from now. Two desks in the same situation are one,
 * unless persons act at one of them.
 */
export function keyOf(world: World): string {
  const { left, db, now } = world;
  const [a, b] = [keyOfName(world, 'A'), keyOfName(world, 'B')];
  const isAlike = left.refusals + left.erasures + left.takeOvers + left.forces === 0;
  const settling = Math.max(0, db.settledAt - now);
  return `${isAlike && b < a ? `${b}|${a}` : `${a}|${b}`}|${Object.values(left).join()}|${settling}|${db.isRestarted}|${db.refusals.length}|${db.erasures.length}|${world.hasForgotten}|${world.hasSentApart}|${world.erasedBefore === undefined}`;
}

function keyOfName(world: World, name: Name): string {
  const { now, db } = world;
  const desk = world.desks[name];
  const send = db.sends.find((one) => one.desk === name);
  const open = db.open.find((one) => one.desk === name);
  const record = deskOf(db, name);
  const flights = world.flights
    .filter((one) => one.desk === name)
    .map(({ stage, isHeard, begunAt }) => `${stage}${isHeard}${now - begunAt}`);
  const sms = world.sms
    .filter(({ by }) => by === name)
    .map(({ at, begunAt }) => `${now - at} ${now - begunAt}`);
  const late = world.late
    .filter(({ call }) => call.desk === name)
    .map((one) => JSON.stringify(one));
  const sent =
    send === undefined
      ? ''
      : `${send.state}${send.claim} ${now - send.sentAt} ${now - send.claimedAt}${smsOf(send.partooId, name)}`;
  const opened = open === undefined ? '' : `${open.state}${open.tried}${open.takenBy}`;
  const epochs = `${db.epoch - desk.epoch} ${db.epoch - desk.wantedEpoch} ${db.epoch - record.epoch}`;
  const pushed = `${Math.sign(desk.pushed - record.pushed)}${Math.sign(desk.pulled - db.head)}`;
  const isSilent = now - record.seenAt > 600_000;
  return `${keyOfDesk(desk, now)};${smsOf(desk.partooId, name)};${sent};${opened};${epochs};${pushed};${isSilent};${flights.join()};${sms.join()};${late.join()}`;
}

/** The SMS as this desk sees it: its own, or another one. */
function smsOf(id: string | null, name: Name): string {
  if (id === null) return '';
  return id.startsWith(name) ? ` own${id.slice(1)}` : ` other${id.slice(1)}`;
}

/** The last key of a desk: most steps leave one of the two as it is. */
const known = new WeakMap<Desk, { readonly now: number; readonly key: string }>();

function keyOfDesk(desk: Desk, now: number): string {
  const before = known.get(desk);
  if (before?.now === now) return before.key;
  const key = computeKey(desk, now);
  known.set(desk, { now, key });
  return key;
}

function computeKey({ row, doing, ...desk }: Desk, now: number): string {
  const ago = (at: number | null | undefined) =>
    at === null || at === undefined ? null : now - at;
  const progress = row?.invitation.progress;
  const isConnected = desk.session === 'connected';
  const isApart = !isConnected && now - desk.lostAt >= 30_000;
  return JSON.stringify([
    progress?.state,
    progress !== undefined && 'dueAt' in progress && progress.dueAt > now,
    progress?.state === 'unconfirmed' ? ago(progress.at) : null,
    ago(row?.invitation.queuedAt),
    row !== undefined && row.attempts > 0,
    row?.unclearAttempts,
    ago(row?.unclearSince),
    ago(row?.lastAttemptAt),
    ago(row?.sentAt),
    ago(row?.seenSentAt),
    doing.is,
    'at' in doing ? ago(doing.at) : null,
    'by' in doing ? doing.by : null,
    desk.isLinked,
    desk.session,
    isApart,
    isConnected || isApart ? null : ago(desk.lostAt),
    desk.note?.join(' ') ?? 'none',
    desk.isDirty,
    desk.isRefusalDirty,
    desk.doNotContactSince === undefined,
  ]);
}
