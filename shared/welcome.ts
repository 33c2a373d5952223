import * as z from 'zod/mini';

/** The steps of the first start, in their order. */
export const welcomeStepSchema = z.enum(['key', 'business', 'country']);
export type WelcomeStep = z.infer<typeof welcomeStepSchema>;

/** How far the first start has come, as it is kept; nothing is kept before the first step is done. */
export const welcomeProgressSchema = z.enum(['business', 'country', 'done']);
export type WelcomeProgress = z.infer<typeof welcomeProgressSchema>;
