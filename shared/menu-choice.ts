import * as z from 'zod/mini';

/** A choice in the window's menu. */
export const menuChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tab'),
    tab: z.enum(['invite', 'outbox', 'history', 'settings']),
  }),
  z.strictObject({ kind: z.literal('about') }),
  z.strictObject({ kind: z.literal('shortcuts') }),
]);
export type MenuChoice = z.infer<typeof menuChoiceSchema>;
