import { FORM_SCENES } from './form-scenes.ts';
import { INVITE_SCENES } from './invite-scenes.ts';
import { LIST_SCENES } from './list-scenes.ts';
import { OFFICE_SCENES } from './settings-scenes.ts';
import { SHELL_SCENES } from './shell-scenes.ts';
import type { Scene } from './stage.ts';

/** Every screen in every state, for the pictures and for the checks. */
export const SCENES: readonly Scene[] = [
  ...INVITE_SCENES,
  ...FORM_SCENES,
  ...LIST_SCENES,
  ...OFFICE_SCENES,
  ...SHELL_SCENES,
];

/** The scenes that are checked: not the printed pages, which need no keyboard. */
export const CHECKED_SCENES = SCENES.filter(
  ({ unchecked, media }) => unchecked === undefined && media === undefined,
);
