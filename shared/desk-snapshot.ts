import * as z from 'zod/mini';
import { dataGapSchema } from './data-gap.ts';
import { LANGUAGES } from './i18n/languages.ts';
import { lastChoicesSchema } from './last-choices.ts';
import { welcomeStepSchema } from './welcome.ts';
import { settingsSchema } from './settings.ts';

/** Why Deskbell is open but cannot work. Each has words that say what to do. */
export const startProblemSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('config'),
    file: z.string(),
    /** The line in the file, from 1; null when the problem has no place in it. */
    line: z.nullable(z.int()),
    /** The key that is wrong, `sendingHours[0].from` for one inside another; empty for the file as a whole. */
    key: z.string(),
    detail: z.string(),
  }),
  /** Others than administrators may write the machine-wide configuration, or the folder that it lies in. */
  z.strictObject({ kind: z.literal('config-rights'), path: z.string() }),
  z.strictObject({ kind: z.literal('data-folder'), path: z.string() }),
  z.strictObject({ kind: z.literal('disk-full'), path: z.string() }),
  z.strictObject({ kind: z.literal('newer-database'), path: z.string() }),
  z.strictObject({ kind: z.literal('damaged-database'), path: z.string() }),
  z.strictObject({ kind: z.literal('in-use'), path: z.string() }),
  z.strictObject({ kind: z.literal('native-module'), reference: z.string() }),
  z.strictObject({ kind: z.literal('bug'), reference: z.string() }),
]);

export type StartProblem = z.infer<typeof startProblemSchema>;

/** What the page must know before it can show anything. */
export const deskSnapshotSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('open'),
    /** Practice: everything works, no SMS is sent, its data are its own. */
    mode: z.enum(['live', 'practice']),
    version: z.string(),
    language: z.enum(LANGUAGES),
    /** How the system writes dates and numbers, as a BCP 47 locale. */
    systemLocale: z.string(),
    /** The step of the first start that is to be shown; null when there is none. */
    welcome: z.nullable(welcomeStepSchema),
    settings: z.pick(settingsSchema, {
      businesses: true,
      defaultCountry: true,
      undoSeconds: true,
      requireConsent: true,
      staff: true,
      reviewLinks: true,
      forceNeedsPin: true,
    }),
    remembered: lastChoicesSchema,
    /** What makes the time of this PC the desk's, in milliseconds: 0 unless the two differ by minutes. */
    clockCorrectionMs: z.int(),
    waiting: z.int(),
    /** A time of which the log does not know what was sent; null when there is none that matters. */
    gap: z.nullable(dataGapSchema),
  }),
  z.strictObject({ kind: z.literal('blocked'), version: z.string(), problem: startProblemSchema }),
]);

export type DeskSnapshot = z.infer<typeof deskSnapshotSchema>;
