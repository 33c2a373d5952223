import { NAMES, spend, withDesk, type Name, type World } from './world.ts';

/** The desk has lost its connection to the site database. */
export function lost(world: World, name: Name): World {
  return withDesk(world, name, { session: 'none', lostAt: world.now });
}

/** The server was started again: every connection has ended, unless a pooler keeps them. */
export function restarted(world: World): World {
  const next = { ...world, db: { ...world.db, isRestarted: true } };
  if (world.isPooled) return next;
  return NAMES.filter((name) => world.desks[name].session !== 'none').reduce(lost, next);
}

/** The server was started again, and does not have the last commits. */
export function forgotten(world: World): World {
  return { ...restarted(spend(world, 'restores')), hasForgotten: true };
}
