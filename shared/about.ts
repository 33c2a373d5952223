import * as z from 'zod/mini';

/** One component of Deskbell, with its licence. */
export const licenceSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  licence: z.string(),
  text: z.string(),
});

/** The content of "About Deskbell". */
export const aboutSchema = z.strictObject({
  version: z.string(),
  licences: z.readonly(z.array(licenceSchema)),
  /** Whether the file with the browser's licences can be shown: a kiosk opens no other program. */
  browserLicences: z.enum(['there', 'absent']),
});
export type About = z.infer<typeof aboutSchema>;
