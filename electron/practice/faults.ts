import type { PracticePath } from './paths.ts';

/** The faults that the simulator can produce instead of a good answer. Only the first group sends no SMS. */
export type Misbehaviour =
  /** Drops the connection before reading the request. */
  | { readonly kind: 'drop-before-reading' }
  /** Reads the request and never answers. */
  | { readonly kind: 'hang' }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Any text of any type instead of an answer. */
  | {
      readonly kind: 'text';
      readonly status: number;
      readonly contentType: string;
      readonly text: string;
    }
  /** A hotel's sign-in page instead of Partoo: 200 and HTML. */
  | { readonly kind: 'html-portal' }
  /** 429; without `retryAfter` the header is omitted. */
  | { readonly kind: 'rate-limit'; readonly retryAfter?: string }

  /** From here on the SMS is sent; only the answer is spoilt. */
  | { readonly kind: 'drop-after-accepting' }
  | { readonly kind: 'hang-after-accepting' }
  | { readonly kind: 'status-after-accepting'; readonly status: number; readonly body?: unknown }
  /** A good answer in another shape: `change` gets the body of the correct answer. */
  | {
      readonly kind: 'reshape';
      readonly change: (body: unknown) => unknown;
      /** Replaces the correct status. */
      readonly status?: number;
    }
  /** Declares JSON and sends something else. */
  | { readonly kind: 'garbage' }
  /** Declares the whole answer, sends half of it and drops the connection. */
  | { readonly kind: 'truncate' }
  /** Answers `delayMs` late, by the simulator's clock. */
  | { readonly kind: 'slow'; readonly delayMs: number };

export type Fault = Misbehaviour & {
  /** Number of requests that it spoils; default: all until `behave`. */
  readonly times?: number;
  /** The only call that it spoils; default: all calls. */
  readonly path?: PracticePath;
};

/** Returns the first fault for `path`, and the faults that remain after it. */
export const takeFault = (
  faults: readonly Fault[],
  path: string,
): { readonly fault: Fault | undefined; readonly left: readonly Fault[] } => {
  const index = faults.findIndex((fault) => fault.path === undefined || fault.path === path);
  const fault = faults[index];
  if (fault?.times === undefined) return { fault, left: faults };
  const used = fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [];
  return { fault, left: [...faults.slice(0, index), ...used, ...faults.slice(index + 1)] };
};
