import type { EventName } from '../../../shared/ipc/bridge.ts';
import { SECOND_MS } from '../../../shared/time.ts';
import type { IpcClient } from '../../ipc/client.ts';

/** Reads the report on the desks. */
export const readReport = (ipc: IpcClient) => ipc.call('desks.readReport', {});

/** The events after which the report is read again. */
export const REPORT_CHANGES: readonly EventName[] = ['otherDesks.changed', 'app.changed'];

/** How often the report is read again while it is visible: the other desks send no event. */
export const READ_EVERY_MS = 30 * SECOND_MS;
