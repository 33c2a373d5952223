import type { PracticePath } from './paths.ts';

/** What the simulator can be told to do instead of answering well. Only the first group leaves no SMS behind. */
export type Misbehaviour =
  /** Breaks the connection off before it looks at the request. */
  | { readonly kind: 'drop-before-reading' }
  /** Reads the request and never answers. */
  | { readonly kind: 'hang' }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Any text of any type in place of an answer. */
  | {
      readonly kind: 'text';
      readonly status: number;
      readonly contentType: string;
      readonly text: string;
    }
  /** A hotel's sign-in page in place of Partoo: 200 and HTML. */
  | { readonly kind: 'html-portal' }
  /** 429; without `retryAfter` the header is left out. */
  | { readonly kind: 'rate-limit'; readonly retryAfter?: string }

  /** From here on the SMS goes out, and only the answer is spoilt. */
  | { readonly kind: 'drop-after-accepting' }
  | { readonly kind: 'hang-after-accepting' }
  | { readonly kind: 'status-after-accepting'; readonly status: number; readonly body?: unknown }
  /** Answers well and in another shape: `change` gets the body of the right answer. */
  | {
      readonly kind: 'reshape';
      readonly change: (body: unknown) => unknown;
      /** In place of the right status. */
      readonly status?: number;
    }
  /** Announces JSON and sends something else. */
  | { readonly kind: 'garbage' }
  /** Announces the whole answer, sends half of it and breaks off. */
  | { readonly kind: 'truncate' }
  /** Answers `delayMs` late, by the simulator's clock. */
  | { readonly kind: 'slow'; readonly delayMs: number };

export type Fault = Misbehaviour & {
  /** How many requests it spoils; all of them until `behave` when left out. */
  readonly times?: number;
  /** The only call that it spoils; every one when left out. */
  readonly path?: PracticePath;
};

/** The first fault that applies to `path`, and the faults that are left after it. */
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
