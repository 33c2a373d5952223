import type { Invitation } from '../../shared/invitation.ts';
import type { DeskSettings } from '../ipc/client.ts';
import { useClock } from '../time/use-clock.ts';
import type { StatusMessage } from '../components/status-message.tsx';
import { useTranslations } from '../i18n/translations.ts';
import { usePrint } from './use-print.tsx';

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
  const printCards = async (): Promise<void> => {
    const cards = settings.businesses.flatMap((business) => {
      const link = settings.reviewLinks[business.id];
      return link === undefined ? [] : [{ business, link }];
    });
    if (cards.length === 0) return say({ kind: 'bad', text: t('print.card.noLink') });
    const { QrCards } = await import('./qr-cards.tsx');
    return print(<QrCards cards={cards} />);
  };
  return (
    <>
      {waiting !== null && waiting.length > 0 && (
        <button type="button" className="button" onClick={() => void printList(waiting)}>
          {t('print.list.button')}
        </button>
      )}
      <button type="button" className="button" onClick={() => void printCards()}>
        {t('print.card.button')}
      </button>
      {sheet}
    </>
  );
}
