import * as z from 'zod/mini';
import { commonFailures } from '../failure.ts';

type AnyFailure = z.ZodMiniType<{ readonly kind: string }>;

/** Declares one call: the handler's type, the client's type and the parsing at both ends derive from it. */
export const call = <
  I extends z.ZodMiniType,
  O extends z.ZodMiniType,
  const F extends readonly AnyFailure[],
>(declaration: {
  readonly input: I;
  readonly output: O;
  readonly failures: F;
}) => ({
  input: declaration.input,
  output: declaration.output,
  failure: z.union([...commonFailures, ...declaration.failures]),
});

/** No values. */
export const nothing = z.strictObject({});
