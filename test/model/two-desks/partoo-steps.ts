import { isAnswered } from './row-steps.ts';
import type { Step } from './rules.ts';
import { isClosed, type Flight, type World } from './world.ts';

/** What Partoo can do with each request that it has, or that never reaches it. */
export function partooSteps(world: World): readonly Step[] {
  return world.flights.flatMap((flight): readonly Step[] => {
    const become = (stage: Flight['stage']): World => {
      const rest = world.flights.filter((one) => one !== flight);
      const isOver = isAnswered(stage) && !flight.isHeard;
      return { ...world, flights: isOver ? rest : [...rest, { ...flight, stage }] };
    };
    const { desk, isForced, stage } = flight;
    if (isAnswered(stage)) return [];
    const send = (): Step => ({
      name: `Partoo sends for ${desk}`,
      world: withSms(become('accepted'), flight),
      kind: 'good',
    });
    if (stage === 'checked') return [send()];
    const flights = world.flights.filter((one) => one !== flight);
    const loss: Step = {
      name: `the request of ${desk} is lost`,
      world: { ...world, flights },
      kind: 'fault',
    };
    if (!isForced && isClosed(world))
      return [{ name: `Partoo refuses ${desk}`, world: become('refused'), kind: 'good' }, loss];
    if (world.partoo === 'one-step' || isForced) return [send(), loss];
    return [{ name: `Partoo has checked ${desk}`, world: become('checked'), kind: 'good' }, loss];
  });
}

function withSms(world: World, { desk, begunAt }: Flight): World {
  const count = world.sms.filter(({ by }) => by === desk).length + 1;
  const sms = { id: `${desk}${count}`, at: world.now, by: desk, begunAt };
  return { ...world, sms: [...world.sms, sms] };
}
