import * as z from 'zod/mini';
import { dataGapSchema } from './data-gap.ts';
import { LANGUAGES } from './i18n/languages.ts';
import { lastChoicesSchema } from './last-choices.ts';
import { welcomeStepSchema } from './welcome.ts';
import { settingsSchema } from './settings.ts';

/** Why Deskbell is open but cannot work. Each problem has a text that says what to do. */
export const startProblemSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('config'),
    file: z.string(),
    /** The line in the file, from 1; null when the problem has no line. */
    line: z.nullable(z.int()),
    /** The invalid key, `sendingHours[0].from` for a nested one; empty for the whole file. */
    key: z.string(),
    detail: z.string(),
  }),
  /** Users other than administrators may write the machine-wide configuration, or its folder. */
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

/** What the page reads before it can show anything. */
export const deskSnapshotSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('open'),
    /** Practice: everything works on separate data, and no SMS is sent. */
    mode: z.enum(['live', 'practice']),
    version: z.string(),
    language: z.enum(LANGUAGES),
    /** The system's format for dates and numbers, as a BCP 47 locale. */
    systemLocale: z.string(),
    /** The current step of the first start; null when it is over. */
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
    /** Milliseconds to add to this PC's time to get the desk's: 0 unless the two differ by minutes. */
    clockCorrectionMs: z.int(),
    waiting: z.int(),
    /** The data gap; null when there is none that matters. */
    gap: z.nullable(dataGapSchema),
  }),
  z.strictObject({ kind: z.literal('blocked'), version: z.string(), problem: startProblemSchema }),
]);

export type DeskSnapshot = z.infer<typeof deskSnapshotSchema>;
