import * as z from 'zod/mini';

const handedNumber = {
  /** As written in the source: the form reads it as if it had been typed. */
  phone: z.string().check(z.minLength(1), z.maxLength(40)),
  name: z.string().check(z.maxLength(255)),
};

/** The parts of a text that were not taken, as after a paste. */
const leftOutSchema = z.strictObject({
  others: z.readonly(z.array(z.strictObject(handedNumber)).check(z.maxLength(3))),
  isNameLeftOut: z.boolean(),
  namesLeftOut: z.readonly(z.array(z.string().check(z.maxLength(255))).check(z.maxLength(3))),
});

export type LeftOut = z.infer<typeof leftOutSchema>;

/** A prefill from outside the window. It only fills the form. */
export const prefillSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('customer'),
    from: z.enum(['link', 'clipboard']),
    ...handedNumber,
    /** Omitted when the whole text was taken. */
    left: z.optional(leftOutSchema),
  }),
  /** A link without a valid customer. */
  z.strictObject({ kind: z.literal('refused') }),
]);
export type Prefill = z.infer<typeof prefillSchema>;
