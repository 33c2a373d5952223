import { CALLS, recordOf } from '../../shared/ipc/bridge.ts';
import type { StartProblem } from '../../shared/desk-snapshot.ts';
import type { Handlers } from './serve.ts';

/** Creates the handlers for a Deskbell that could not be loaded: the page opens and shows the problem. */
export function blockedHandlers(version: string, problem: StartProblem): Handlers {
  const blocked = () => ({ ok: false, failure: { kind: 'blocked' } }) as const;
  const describe = () => ({ ok: true, value: { kind: 'blocked', version, problem } }) as const;
  return { ...recordOf(CALLS, () => blocked), 'app.read': describe, 'app.retryStart': describe };
}
