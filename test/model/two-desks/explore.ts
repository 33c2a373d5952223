import { keyOf } from './key.ts';
import { brokenAtRest, brokenPromise, type Promised } from './promises.ts';
import type { Rules, Step } from './rules.ts';
import { PEACE, type World } from './world.ts';
import { stepsOf } from './world-steps.ts';

/** A broken promise, and the shortest path to it. */
export type Counterexample = { readonly promise: string; readonly way: readonly string[] };
export type Exploration = {
  readonly worlds: number;
  readonly counterexample: Counterexample | undefined;
};

type Node = {
  readonly world: World;
  readonly step: Step | undefined;
  readonly from: Node | undefined;
};

/**
 * Explores every following world, breadth first, until a promise (or one of `only` these) is broken or nothing is
 * new. `atRest`: from each world it also looks at what comes when nothing fails any more.
 */
export function explore(
  start: World,
  rules: Rules,
  { only, atRest = false }: { readonly only?: readonly Promised[]; readonly atRest?: boolean } = {},
): Exploration {
  const seen = new Set([keyOf(start)]);
  const calm = new Set<string>();
  let frontier: Node[] = [{ world: start, step: undefined, from: undefined }];
  while (frontier.length > 0) {
    const next: Node[] = [];
    for (const node of frontier) {
      const { world, step, from } = node;
      const promise =
        brokenPromise({ world, step, from: from?.world }, only) ??
        (atRest ? findRestless(world, rules, calm) : undefined);
      if (promise !== undefined)
        return { worlds: seen.size, counterexample: { promise, way: wayTo(node) } };
      for (const following of stepsOf(world, rules)) {
        const key = keyOf(following.world);
        // What is wrong about a step is wrong although its world is known.
        const isKnown = seen.has(key);
        if (isKnown && following.event === undefined) continue;
        seen.add(key);
        const reached = { world: following.world, step: following, from: node };
        if (!isKnown) next.push(reached);
        else if (brokenPromise({ ...reached, from: world }, only) !== undefined)
          next.unshift(reached);
      }
    }
    frontier = next;
  }
  return { worlds: seen.size, counterexample: undefined };
}

/** The world after these steps, by their names. */
export function follow(start: World, rules: Rules, names: readonly string[]): World {
  return names.reduce((world, name) => {
    const step = stepsOf(world, rules).find((one) => one.name === name);
    if (step === undefined) throw new Error(`no step "${name}"`);
    return step.world;
  }, start);
}

/** What is still wrong after all that happens when nothing fails: the good steps, and time. */
function findRestless(from: World, rules: Rules, calm: Set<string>): string | undefined {
  let world: World = { ...from, left: PEACE };
  const passed: string[] = [];
  for (let round = 0; round < 100; round += 1) {
    const key = keyOf(world);
    if (calm.has(key)) break;
    passed.push(key);
    const steps = stepsOf(world, rules);
    const good = steps.find(({ kind, world: after }) => kind === 'good' && keyOf(after) !== key);
    if (good === undefined && brokenAtRest(world) === undefined) break;
    const later = steps.findLast(({ kind }) => kind === 'time');
    world = (good ?? later)?.world ?? world;
    if (round === 99) return brokenAtRest(world) ?? '[S10] every row ends or needs a person';
  }
  for (const key of passed) calm.add(key);
  return undefined;
}

function wayTo(node: Node): readonly string[] {
  return node.from === undefined ? [] : [...wayTo(node.from), node.step?.name ?? ''];
}
