import type { HistoryFilter } from '../../shared/history-query.ts';
import type { Invitation } from '../../shared/invitation.ts';
import { nationalDigits } from '../../shared/phone/national-digits.ts';
import { plainText, searchWords } from '../../shared/search-terms.ts';
import { useQuery } from '../ipc/use-ipc.ts';
import { useTranslations } from '../i18n/translations.ts';

/** Returns the open invitations that match a search: every word is in the number, the name or the sender's name. */
export function findOutboxMatches(
  open: readonly Invitation[],
  { text, businessId }: Pick<HistoryFilter, 'text' | 'businessId'>,
): readonly Invitation[] {
  const words = searchWords(text);
  if (words.length === 0) return [];
  return open.filter((invitation) => {
    if (businessId !== null && invitation.businessId !== businessId) return false;
    const { phone, name, staff } = invitation;
    const held = [phone, nationalDigits(phone) ?? '', plainText(name), plainText(staff ?? '')];
    return words.every((word) => word.some((spelling) => held.join('\n').includes(spelling)));
  });
}

const OPEN_CHANGES = ['invitation.changed', 'app.changed'] as const;

type Props = {
  readonly filter: HistoryFilter;
  /** Opens the outbox. */
  readonly onOutbox: () => void;
};

/** Offers matches in the outbox when the search found no finished invitation. */
export function OutboxMatches({ filter, onOutbox }: Props) {
  const { t } = useTranslations();
  const { answer } = useQuery((ipc) => ipc.call('outbox.list', {}), OPEN_CHANGES);
  const open = answer?.ok === true ? findOutboxMatches(answer.value, filter) : [];
  return (
    <>
      <p className="hint" role="status">
        {open.length > 0 && t('history.inOutbox', { count: open.length })}
      </p>
      {open.length > 0 && (
        <div className="buttons">
          <button type="button" className="button" onClick={onOutbox}>
            {t('history.toOutbox')}
          </button>
        </div>
      )}
    </>
  );
}
