import * as z from 'zod/mini';
import { businessIdSchema, instantSchema } from './invitation.ts';
import { MESSAGE_TYPED_MAX } from './sms/message.ts';

export const messageTextSchema = z.string().check(z.maxLength(MESSAGE_TYPED_MAX));

/** A custom text for one business. It stays while Partoo's template is used instead. */
const ownMessageSchema = z.strictObject({ text: messageTextSchema, isUsed: z.boolean() });
export type OwnMessage = z.infer<typeof ownMessageSchema>;

export const staffNameSchema = z.string().check(z.minLength(1), z.maxLength(100));

const onDutySchema = z.strictObject({ name: staffNameSchema, since: instantSchema });
export type CurrentStaff = z.infer<typeof onDutySchema>;

/** What this desk remembers of the last choices made at it. Nothing that anybody sets up, so IT cannot fix it. */
export const lastChoicesSchema = z.strictObject({
  /** The business that was chosen last. */
  businessId: z.nullable(businessIdSchema),
  /** Who was chosen last as the sender, and when. */
  onDuty: z.nullable(onDutySchema),
  /** The custom texts, by business. */
  messages: z.record(businessIdSchema, ownMessageSchema),
});
export type LastChoices = z.infer<typeof lastChoicesSchema>;

/** One choice worth remembering. */
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
