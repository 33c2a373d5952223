import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EpochMs } from '../../shared/time.ts';
import type { PracticeCall, PracticeReply } from './routes.ts';
import type { Misbehaviour } from './faults.ts';

/** One received request, without the key. */
export type ReceivedRequest = {
  readonly at: EpochMs;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when it is JSON, otherwise the text. */
  readonly body: unknown;
};

const BASE_PATH = '/v2';
const MOST_BODY_BYTES = 64 * 1024;
/**
 * Reads more than the limit: a client that gets an answer before it has sent everything may lose the answer (RFC 9112,
 * 9.6).
 */
const MOST_READ_BYTES = 1024 * 1024;

/** Reads everything of a request except its body. A path outside `/v2` belongs to no call. */
export const readCall = (request: IncomingMessage): Omit<PracticeCall, 'body'> => {
  const { pathname, searchParams } = urlOf(request);
  return {
    method: request.method ?? '',
    path: pathname.startsWith(`${BASE_PATH}/`) ? pathname.slice(BASE_PATH.length) : '',
    query: searchParams,
    key: headerOf(request, 'x-apikey'),
    contentType: headerOf(request, 'content-type') ?? '',
  };
};

const urlOf = (request: IncomingMessage): URL => {
  const base = 'http://127.0.0.1/';
  const path = request.url ?? '/';
  return URL.canParse(path, base) ? new URL(path, base) : new URL(base);
};

const headerOf = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
};

/**
 * Passes on the whole body, or reports that it is too long: over 64 KiB. A body over a megabyte is cut off; a request
 * that breaks off early is ignored.
 */
export const readBody = (
  request: IncomingMessage,
  done: (body: { readonly text: string } | 'too-long') => void,
): void => {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MOST_BODY_BYTES) chunks.push(chunk);
    else if (size > MOST_READ_BYTES) request.destroy();
  });
  request.on('end', () => {
    done(size > MOST_BODY_BYTES ? 'too-long' : { text: Buffer.concat(chunks).toString('utf8') });
  });
};

/** Rejects a request without reading it (RFC 9110, 15.5), and closes its connection. */
export const refuse = (response: ServerResponse, status: 413 | 421): void => {
  sendReply(response, {
    status,
    headers: { connection: 'close' },
    body: { errors: { json: status === 413 ? 'Too much' : 'Not the host that was asked for' } },
  });
};

/** Describes a request for the record of received requests. */
export const describeRequest = (
  request: IncomingMessage,
  body: string,
  at: EpochMs,
): ReceivedRequest => ({
  at,
  method: request.method ?? '',
  path: urlOf(request).pathname,
  query: Object.fromEntries(urlOf(request).searchParams),
  headers: Object.fromEntries(
    Object.keys(request.headers).map((name) => [
      name,
      // SECURITY: tests read the record and demonstrations show it.
      name === 'x-apikey' ? '•••' : (headerOf(request, name) ?? ''),
    ]),
  ),
  body: parseBody(body),
});

const parseBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/**
 * Answers a request, or spoils the answer. `answer` sends the simulated SMS, so it is called exactly when the fault
 * sends one.
 */
export const respond = (
  response: ServerResponse,
  fault: Exclude<Misbehaviour, { kind: 'drop-before-reading' }> | undefined,
  answer: () => PracticeReply,
  later: (delayMs: number, task: () => void) => void,
): void => {
  switch (fault?.kind) {
    case undefined:
      sendReply(response, answer());
      return;
    case 'hang':
      return;
    case 'status':
      sendReply(response, { body: { errors: { json: 'Told to fail' } }, ...fault });
      return;
    case 'text':
      sendText(response, fault.status, { 'content-type': fault.contentType }, fault.text);
      return;
    case 'html-portal':
      sendText(response, 200, { 'content-type': 'text/html' }, '<html>Welcome to the Wi-Fi</html>');
      return;
    case 'rate-limit':
      sendReply(response, {
        status: 429,
        headers: fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
        body: { errors: { json: 'Too many requests' } },
      });
      return;
    case 'drop-after-accepting':
      answer();
      response.socket?.resetAndDestroy();
      return;
    case 'hang-after-accepting':
      answer();
      return;
    case 'status-after-accepting':
      answer();
      sendReply(response, { body: { errors: { json: 'Told to fail' } }, ...fault });
      return;
    case 'reshape': {
      const reply = answer();
      const { status = reply.status } = fault;
      sendReply(response, { ...reply, status, body: fault.change(reply.body) });
      return;
    }
    case 'garbage':
      sendText(response, answer().status, JSON_HEADERS, '{]');
      return;
    case 'truncate': {
      const text = JSON.stringify(answer().body);
      response.writeHead(200, { ...JSON_HEADERS, 'content-length': Buffer.byteLength(text) });
      response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
      return;
    }
    case 'slow': {
      const reply = answer();
      later(fault.delayMs, () => sendReply(response, reply));
      return;
    }
  }
};

const JSON_HEADERS = { 'content-type': 'application/json' };

const sendReply = (response: ServerResponse, reply: PracticeReply): void =>
  sendText(
    response,
    reply.status,
    { ...JSON_HEADERS, ...reply.headers },
    JSON.stringify(reply.body),
  );

const sendText = (
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
): void => {
  response.writeHead(status, headers);
  response.end(text);
};
