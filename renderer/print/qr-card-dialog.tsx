import { useEffect, useId, useRef, useState } from 'react';
import { LANGUAGES, type Language } from '../../shared/i18n/languages.ts';
import { importTranslations } from '../../shared/i18n/load-translations.ts';
import { languageName } from '../i18n/language-name.ts';
import { createTranslations, useTranslations, type Translations } from '../i18n/translations.ts';
import { QrCard, type CardContent } from './qr-card.tsx';
import '../components/dialog.css';
import './qr-card-dialog.css';

type Props = {
  /** At least one. */
  readonly cards: readonly CardContent[];
  readonly onPrint: (card: CardContent, languages: readonly Translations[]) => void;
  readonly onClose: () => void;
};

/** Shows the counter card of a business before it is printed, in one language or two. */
export function QrCardDialog({ cards, onPrint, onClose }: Props) {
  const own = useTranslations();
  const { t } = own;
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();
  const [at, setAt] = useState(0);
  const [second, setSecond] = useState<Translations | null>(null);
  useEffect(() => dialog.current?.showModal(), []);

  const choose = async (language: Language | undefined): Promise<void> => {
    setSecond(
      language === undefined
        ? null
        : createTranslations(language, await importTranslations(language), language),
    );
  };
  const card = cards[at] ?? cards[0];
  // The language of the screen may have become the second one.
  const languages = second === null || second.language === own.language ? [own] : [own, second];
  if (card === undefined) return null;
  return (
    <dialog ref={dialog} className="dialog qr-dialog" aria-labelledby={headingId} onClose={onClose}>
      <div className="qr-choices">
        <h2 id={headingId}>{t('print.card.title')}</h2>
        {cards.length > 1 && (
          <label>
            {t('invite.business')}
            <select
              className="input select"
              value={at}
              onChange={(event) => setAt(Number(event.currentTarget.value))}
            >
              {cards.map(({ business }, nth) => (
                <option key={business.id} value={nth}>
                  {business.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          {t('print.card.second')}
          <select
            className="input select"
            value={second?.language ?? ''}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              void choose(LANGUAGES.find((language) => language === chosen));
            }}
          >
            <option value="">{t('print.card.none')}</option>
            {LANGUAGES.filter((language) => language !== own.language).map((language) => (
              <option key={language} value={language} lang={language}>
                {languageName(language)}
              </option>
            ))}
          </select>
        </label>
        <div className="buttons">
          <button
            type="button"
            className="button button-primary"
            onClick={() => {
              dialog.current?.close();
              onPrint(card, languages);
            }}
          >
            {t('print.card.print')}
          </button>
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {t('about.close')}
          </button>
        </div>
      </div>
      <div className="qr-preview" role="group" aria-label={t('print.card.preview')}>
        <QrCard {...card} languages={languages} />
      </div>
    </dialog>
  );
}
