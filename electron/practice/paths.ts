/** The served paths under `/v2`. */
const PRACTICE_PATHS = [
  '/review_booster/send_invitation',
  '/review_booster/search-invitation',
  '/review_booster/invitation_status',
  '/business/search',
  '/user/me',
] as const;
export type PracticePath = (typeof PRACTICE_PATHS)[number];

/** Whether a path is one of the served calls. */
export const isPracticePath = (path: string): path is PracticePath =>
  PRACTICE_PATHS.some((known) => known === path);
