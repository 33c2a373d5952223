import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Clock } from '../../shared/time.ts';
import { takeFault } from './faults.ts';
import type { Fault } from './faults.ts';
import { describeRequest, readBody, readCall, refuse, respond } from './http-messages.ts';
import type { ReceivedRequest } from './http-messages.ts';
import { createListener } from './listener.ts';
import type { PracticeRules } from './rules.ts';
import type { PracticeStateFile } from './state.ts';
import { createFakePartoo } from './fake-partoo.ts';
import type { ElsewhereSms, PracticeSms, FakePartoo } from './fake-partoo.ts';

export type SimulatorParts = {
  readonly clock: Clock;
  /** Saves practice across restarts; without it every run starts from the seed data. */
  readonly memory?: PracticeStateFile;
  /** The only accepted key; default: a random one. */
  readonly key?: string;
  /** Host names that it accepts besides its own address, for requests through a proxy. */
  readonly hosts?: readonly string[];
  /** A port on loopback; default: a free one. */
  readonly port?: number | undefined;
  readonly rules?: Partial<PracticeRules>;
};

export type Simulator = {
  readonly kind: 'open';
  /** The base address for `apiUrl`: `http://127.0.0.1:<port>/v2`. */
  readonly apiUrl: URL;
  readonly key: string;
  /** Adds a fault; the oldest one that applies spoils the next request. */
  readonly fault: (fault: Fault) => void;
  /** Removes all faults. */
  readonly behave: () => void;
  /** Closes the port and every connection, like a PC without a network. */
  readonly refuseConnections: () => Promise<void>;
  /** Reopens the same port. */
  readonly acceptConnections: () => Promise<void>;
  /** Records an SMS from another desk, now or in the past. */
  readonly sendFromElsewhere: (sms: ElsewhereSms) => void;
  /** The last thousand requests that this run read, oldest first. */
  readonly received: () => readonly ReceivedRequest[];
  /** Every SMS that this run's requests sent, oldest first. */
  readonly sms: () => readonly PracticeSms[];
  /** Erases a number from the state. The real Partoo has its own owner; the simulator's data are Deskbell's. */
  readonly forget: (phone: string) => void;
  readonly close: () => Promise<void>;
};

export type PortInUse = { readonly kind: 'port-in-use'; readonly port: number };

/**
 * Serves the calls of Partoo's API that Deskbell uses, over HTTP on loopback. It sends no SMS. All times come from
 * `clock`, including the `Date` of its answers. A taken port is a result, not an error.
 */
export function openSimulator(
  parts: SimulatorParts & { readonly port?: undefined },
): Promise<Simulator>;
export function openSimulator(parts: SimulatorParts): Promise<Simulator | PortInUse>;
export async function openSimulator(parts: SimulatorParts): Promise<Simulator | PortInUse> {
  // SECURITY: any program of this PC can reach the port, so the source contains no key.
  const { clock, key = randomBytes(24).toString('base64url'), memory, rules = {} } = parts;
  const vendor = createFakePartoo({ key, now: clock.now, memory, rules });
  let hosts = parts.hosts ?? [];
  const api = createApi({ vendor, clock, isAddressed: (host) => hosts.includes(host) });
  const listener = createListener(api.server);
  const port = await listener.open(parts.port ?? 0);
  if (port === 'in-use') return { kind: 'port-in-use', port: parts.port ?? 0 };
  hosts = [...hosts, `127.0.0.1:${port}`];
  return {
    kind: 'open',
    apiUrl: new URL(`http://127.0.0.1:${port}/v2`),
    key,
    fault: api.fault,
    behave: api.behave,
    refuseConnections: listener.close,
    acceptConnections: async () => {
      if ((await listener.open(port)) === 'in-use') {
        throw new Error(`Port ${port} was taken while the simulator refused connections`);
      }
    },
    sendFromElsewhere: vendor.sendFromElsewhere,
    received: api.received,
    sms: vendor.sms,
    forget: vendor.forget,
    close: async () => {
      api.forgetSlowAnswers();
      await listener.close();
    },
  };
}

type Api = Pick<Simulator, 'fault' | 'behave' | 'received'> & {
  readonly server: Server;
  readonly forgetSlowAnswers: () => void;
};

const MOST_RECEIVED = 1_000;

/** Creates the HTTP side: it reads requests, records them, and answers as the faults allow. */
const createApi = (parts: {
  readonly vendor: FakePartoo;
  readonly clock: Clock;
  readonly isAddressed: (host: string) => boolean;
}): Api => {
  const { vendor, clock, isAddressed } = parts;
  let faults: readonly Fault[] = [];
  let received: readonly ReceivedRequest[] = [];
  const slowAnswers = new Set<() => void>();

  const later = (delayMs: number, task: () => void): void => {
    const cancel = clock.after(delayMs, () => {
      slowAnswers.delete(cancel);
      task();
    });
    slowAnswers.add(cancel);
  };

  const server = createServer((request, response) => {
    // SECURITY: a web page whose name points at this PC (DNS rebinding) sends its own host name here.
    if (!isAddressed(request.headers.host ?? '')) {
      refuse(response, 421);
      return;
    }
    const now = clock.now();
    const call = readCall(request);
    const { fault, left } = takeFault(faults, call.path);
    faults = left;
    if (fault?.kind === 'drop-before-reading') {
      request.socket.resetAndDestroy();
      return;
    }
    response.setHeader('date', new Date(now).toUTCString());
    readBody(request, (body) => {
      if (body === 'too-long') {
        refuse(response, 413);
        return;
      }
      received = [...received, describeRequest(request, body.text, now)].slice(-MOST_RECEIVED);
      respond(response, fault, () => vendor.answer({ ...call, body: body.text }), later);
    });
  });

  return {
    server,
    fault: (fault) => {
      faults = [...faults, fault];
    },
    behave: () => {
      faults = [];
    },
    received: () => received,
    forgetSlowAnswers: () => {
      for (const cancel of slowAnswers) cancel();
      slowAnswers.clear();
    },
  };
};
