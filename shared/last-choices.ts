import * as z from 'zod/mini';
import { businessIdSchema, instantSchema } from './invitation.ts';
import { MESSAGE_TYPED_MAX } from './sms/message.ts';

export const messageTextSchema = z.string().check(z.maxLength(MESSAGE_TYPED_MAX));

/** A custom text for one business. Kept while Partoo's template is used instead. */
const ownMessageSchema = z.strictObject({ text: messageTextSchema, isUsed: z.boolean() });
export type OwnMessage = z.infer<typeof ownMessageSchema>;

export const staffNameSchema = z.string().check(z.minLength(1), z.maxLength(100));

const onDutySchema = z.strictObject({ name: staffNameSchema, since: instantSchema });
export type CurrentStaff = z.infer<typeof onDutySchema>;

/** The last choices made at this desk. Not settings, so IT cannot fix them. */
export const lastChoicesSchema = z.strictObject({
  /** The last chosen business. */
  businessId: z.nullable(businessIdSchema),
  /** The last chosen sender, and when. */
  onDuty: z.nullable(onDutySchema),
  /** The custom texts, by business. */
  messages: z.record(businessIdSchema, ownMessageSchema),
});
export type LastChoices = z.infer<typeof lastChoicesSchema>;

/** One choice to remember. */
export const lastChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('business'), businessId: businessIdSchema }),
  z.strictObject({ kind: z.literal('on-duty'), onDuty: z.nullable(onDutySchema) }),
  z.strictObject({
    kind: z.literal('message'),
    businessId: businessIdSchema,
    message: ownMessageSchema,
  }),
]);
export type LastChoice = z.infer<typeof lastChoiceSchema>;
