import type { Progress } from '../../shared/invitation.ts';
import type { Translations } from '../i18n/translations.ts';

/** Describes why Partoo refused: our text, then Partoo's. */
export function refusalText(
  { t }: Translations,
  refused: Extract<Progress, { readonly state: 'refused' }>,
): string {
  const { fields, text } = partooText(refused.text);
  const [field, ...others] = fields;
  // An error about one field of the request concerns the text typed there.
  const isAboutField = refused.why === 'invalid' && field !== undefined && others.length === 0;
  const why = t(isAboutField ? `refused.field.${FIELDS[field]}` : `refused.${refused.why}`);
  return text === '' ? why : `${why} ${t('common.partoo', { text })}`;
}

/** The request fields that Partoo names in its errors, and their content. */
const FIELDS = {
  target_phone: 'phone',
  target_name: 'name',
  invite_content: 'message',
  business_id: 'business',
  force: 'force',
} as const;

type Field = keyof typeof FIELDS;

const FIELD_NAMES = [
  'target_phone',
  'target_name',
  'invite_content',
  'business_id',
  'force',
] as const satisfies readonly Field[];

const NAMED = new RegExp(`(^|; )(${FIELD_NAMES.join('|')}): `, 'g');

/** Returns a text of Partoo for the screen, with its field names separated. */
export function partooText(text: string): {
  readonly fields: readonly Field[];
  readonly text: string;
} {
  const found = new Set([...text.matchAll(NAMED)].map(([, , name = '']) => name));
  return {
    fields: FIELD_NAMES.filter((name) => found.has(name)),
    text: text.replaceAll(NAMED, '$1'),
  };
}
