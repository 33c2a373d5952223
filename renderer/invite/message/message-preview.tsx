import { Fragment, type ReactNode } from 'react';
import type { Piece } from '../../../shared/sms/message.ts';
import { useTranslations, type Translations } from '../../i18n/translations.ts';
import type { MessageRules } from './use-message.ts';

type Written = {
  readonly rules: MessageRules;
  readonly text: string;
  readonly values: { readonly name: string };
};

/** Shows the length of the text as sent: an estimate in SMS, because the link's length is unknown. */
export function MessageLength({ rules, text, values }: Written) {
  const translations = useTranslations();
  if (text.trim() === '' || text.length > rules.MESSAGE_TYPED_MAX) return null;
  const { septets: used, smsParts } = rules.previewMessage(text, values);
  const most = rules.MESSAGE_MAX;
  return (
    <p className="message-count" data-over={used > most}>
      <span>{translations.t('invite.message.count', { count: used, most })}</span>
      <span>{partsText(translations, smsParts)}</span>
    </p>
  );
}

/** Previews the customer's SMS; `isUsed` is false while Partoo's template is sent instead. */
export function MessagePreview({
  rules,
  text,
  values,
  isUsed,
}: Written & { readonly isUsed: boolean }) {
  const { t } = useTranslations();
  if (text.trim() === '') return <p className="hint">{t('invite.message.aboutTemplate')}</p>;
  if (text.length > rules.MESSAGE_TYPED_MAX) return null;
  const { pieces } = rules.previewMessage(text, values);
  return (
    <div className="message-preview" data-used={isUsed}>
      <h2>{t(isUsed ? 'invite.message.preview' : 'invite.message.previewUnused')}</h2>
      <p className="bubble" dir="auto">
        {pieces.map((piece, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- a piece of text has no key but its position
          <Fragment key={at}>{shownPiece(piece, t('invite.message.link'))}</Fragment>
        ))}
      </p>
      <Legend pieces={pieces} />
    </div>
  );
}

function shownPiece({ kind, typed, sent }: Piece, link: string): ReactNode {
  switch (kind) {
    case 'removed':
      return <del>{typed}</del>;
    case 'changed':
      return <ins>{sent}</ins>;
    case 'kept':
      return sent.split('@link').map((part, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- as above
        <Fragment key={at}>
          {at > 0 && <b>{link}</b>}
          {part}
        </Fragment>
      ));
    default:
      return kind satisfies never;
  }
}

/** Explains the marks of the preview in words. */
function Legend({ pieces }: { readonly pieces: readonly Piece[] }) {
  const { t, list } = useTranslations();
  const typedOf = (kind: Piece['kind']): readonly string[] => [
    ...new Set(pieces.filter((piece) => piece.kind === kind).map(({ typed }) => typed)),
  ];
  const changed = typedOf('changed');
  const removed = typedOf('removed');
  return (
    <>
      {removed.length > 0 && (
        <p className="hint">{t('invite.message.removed', { characters: list(removed) })}</p>
      )}
      {changed.length > 0 && (
        <p className="hint">{t('invite.message.changed', { characters: list(changed) })}</p>
      )}
    </>
  );
}

function partsText(
  { t }: Translations,
  { least, most }: { readonly least: number; readonly most: number },
): string {
  return least === most
    ? t('invite.message.parts', { sms: most })
    : t('invite.message.partsRange', { least, most });
}
