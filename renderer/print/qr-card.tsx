import type { Business } from '../../shared/settings.ts';
import type { Translations } from '../i18n/translations.ts';
import { drawQr } from './qr-code.ts';
import './qr-card.css';

/** A business, and the address for its Google reviews. */
export type CardContent = { readonly business: Business; readonly link: string };

type Props = CardContent & {
  /** The languages of the card, the main one first. */
  readonly languages: readonly Translations[];
};

/** A card of A6 for the counter: customers scan it to leave a review without any SMS. */
export function QrCard({ business, link, languages }: Props) {
  const { side, path } = drawQr(link);
  return (
    <article className="qr-card">
      <p className="qr-name" dir="auto">
        {business.name}
      </p>
      <div className="qr-words">
        {languages.map(({ t, language }) => (
          <p key={language} lang={language}>
            {t('print.card.text')}
          </p>
        ))}
      </div>
      <svg viewBox={`0 0 ${side} ${side}`} role="img" aria-label={link}>
        <path d={path} />
      </svg>
      <div className="qr-words qr-how">
        {languages.map(({ t, language }) => (
          <p key={language} lang={language}>
            {t('print.card.how')}
          </p>
        ))}
      </div>
      <p className="qr-link">{link}</p>
    </article>
  );
}

/** Four equal cards on a sheet of A4, to cut along its lines. */
export function QrCardSheet(card: Props) {
  return (
    <section className="qr-sheet">
      {['top left', 'top right', 'bottom left', 'bottom right'].map((place) => (
        <QrCard key={place} {...card} />
      ))}
    </section>
  );
}
