import * as z from 'zod/mini';

/** The steps of the first start, in order. */
export const welcomeStepSchema = z.enum(['key', 'business', 'country']);
export type WelcomeStep = z.infer<typeof welcomeStepSchema>;

/** The stored progress of the first start; nothing is stored before the first step is done. */
export const welcomeProgressSchema = z.enum(['business', 'country', 'done']);
export type WelcomeProgress = z.infer<typeof welcomeProgressSchema>;
