import type { EventName } from '../../shared/ipc/bridge.ts';
import type { SiteStatus } from '../../shared/other-desks.ts';
import type { IpcClient } from '../ipc/client.ts';
import { useQuery } from '../ipc/use-ipc.ts';

const read = (ipc: IpcClient) => ipc.call('otherDesks.readStatus', {});
const CHANGES: readonly EventName[] = ['otherDesks.changed', 'app.changed'];

const ALONE: SiteStatus = { kind: 'alone' };

/** Returns how this desk stands with the other desks; alone until that is known. */
export function useSiteStatus(): SiteStatus {
  const { answer } = useQuery(read, CHANGES);
  return answer?.ok === true ? answer.value : ALONE;
}
