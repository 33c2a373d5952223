import type { Invitation } from '../../shared/invitation.ts';
import type { DeskSettings } from '../ipc/client.ts';
import { lazy, Suspense, useState } from 'react';
import { useClock } from '../time/use-clock.ts';
import type { StatusMessage } from '../components/status-message.tsx';
import { useTranslations, type Translations } from '../i18n/translations.ts';
import type { CardContent } from './qr-card.tsx';
import { usePrint } from './use-print.tsx';

const QrCardDialog = lazy(async () => ({
  default: (await import('./qr-card-dialog.tsx')).QrCardDialog,
}));

type Props = {
  readonly settings: DeskSettings;
  /** The waiting invitations; null where there is no such list. */
  readonly waiting: readonly Invitation[] | null;
  readonly say: (said: StatusMessage | null) => void;
};

/** Printouts for an outage: the list of waiting invitations, and a card that customers scan. */
export function PrintButtons({ settings, waiting, say }: Props) {
  const { t } = useTranslations();
  const clock = useClock();
  const { print, sheet } = usePrint(say);
  const printList = async (invitations: readonly Invitation[]): Promise<void> => {
    const { OutboxSheet: WaitingSheet } = await import('./outbox-sheet.tsx');
    print(<WaitingSheet invitations={invitations} settings={settings} now={clock()} />);
  };
  const [cards, setCards] = useState<readonly CardContent[]>([]);
  const openCards = (): void => {
    const found = settings.businesses.flatMap((business) => {
      const link = settings.reviewLinks[business.id];
      return link === undefined ? [] : [{ business, link }];
    });
    say(found.length === 0 ? { kind: 'bad', text: t('print.card.noLink') } : null);
    setCards(found);
  };
  const printCard = async (
    card: CardContent,
    languages: readonly Translations[],
  ): Promise<void> => {
    const { QrCardSheet } = await import('./qr-card.tsx');
    print(<QrCardSheet {...card} languages={languages} />);
  };
  return (
    <>
      {waiting !== null && waiting.length > 0 && (
        <button type="button" className="button" onClick={() => void printList(waiting)}>
          {t('print.list.button')}
        </button>
      )}
      <button type="button" className="button" onClick={openCards}>
        {t('print.card.button')}
      </button>
      {cards.length > 0 && (
        <Suspense fallback={null}>
          <QrCardDialog
            cards={cards}
            onPrint={(card, languages) => void printCard(card, languages)}
            onClose={() => setCards([])}
          />
        </Suspense>
      )}
      {sheet}
    </>
  );
}
