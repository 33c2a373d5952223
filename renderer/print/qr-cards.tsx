import { encode } from 'uqr';
import type { Business } from '../../shared/settings.ts';
import { useTranslations } from '../i18n/translations.ts';

type Card = { readonly business: Business; readonly link: string };

/** A counter card for each business: customers scan it to leave a review without any SMS. */
export function QrCards({ cards }: { readonly cards: readonly Card[] }) {
  const { t } = useTranslations();
  return cards.map(({ business, link }) => {
    const { side, path } = drawQr(link);
    return (
      <section key={business.id} className="qr-card">
        <h1 dir="auto">{business.name}</h1>
        <p>{t('print.card.text')}</p>
        <svg viewBox={`0 0 ${side} ${side}`} role="img" aria-label={link}>
          <path d={path} />
        </svg>
        <p>{t('print.card.how')}</p>
        <p className="qr-link">{link}</p>
      </section>
    );
  });
}

/** A QR code as one drawing: its side in modules, quiet zone included, and the path of its dark modules. */
export type QrDrawing = { readonly side: number; readonly path: string };

/** Draws a text as a QR code. Medium error correction, because a card on a counter gets scratched. */
export function drawQr(text: string): QrDrawing {
  const { size, data } = encode(text, { ecc: 'M', border: 4 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { side: size, path };
}
