import { useState } from 'react';
import type { DoNotContact } from '../../../shared/do-not-contact.ts';
import type { E164 } from '../../../shared/phone/e164.ts';
import { maskPhone, formatPhone } from '../../../shared/phone/phone.ts';
import type { AnyFailure } from '../../ipc/client.ts';
import { useClock } from '../../time/use-clock.ts';
import { useIpc } from '../../ipc/use-ipc.ts';
import { FailureNote } from '../../components/failure-note.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import { Confirm } from '../../components/confirm.tsx';
import { useSettings } from '../settings-context.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { NumberListState } from './use-number-list.ts';

type Props = {
  readonly list: NumberListState;
  readonly onRemoved: (text: string) => void;
  readonly onFailed: (failure: AnyFailure) => void;
};

/** The numbers, the latest first; masked until opened, because others can see the screen. */
export function NumberList({ list, onRemoved, onFailed }: Props) {
  const { t } = useTranslations();
  const ipc = useIpc();

  const remove = async (phone: E164): Promise<void> => {
    const answer = await ipc.call('doNotContact.remove', { phone });
    if (!answer.ok) return onFailed(answer.failure);
    onRemoved(t('settings.doNotContact.removed', { phone: maskPhone(phone) }));
    list.again();
  };
  return (
    <div className="number-list">
      <TextField
        label={t('settings.doNotContact.search')}
        type="search"
        inputMode="tel"
        maxLength={40}
        value={list.text}
        onType={list.search}
      />
      {list.failure !== null && <FailureNote failure={list.failure} />}
      <p className="hint" role="status">
        {list.entries !== null &&
          (list.total === 0
            ? t('settings.doNotContact.empty')
            : t('settings.doNotContact.found', { count: list.found }))}
      </p>
      <ul className="numbers" aria-label={t('settings.doNotContact.title')}>
        {(list.entries ?? []).map((entry) => (
          <ListedNumber key={entry.phone} entry={entry} onRemove={() => remove(entry.phone)} />
        ))}
      </ul>
      {list.hasMore && (
        <button type="button" className="button more" onClick={list.more}>
          {t('settings.doNotContact.more')}
        </button>
      )}
    </div>
  );
}

function ListedNumber({
  entry,
  onRemove,
}: {
  readonly entry: DoNotContact;
  readonly onRemove: () => Promise<void>;
}) {
  const { t, moment } = useTranslations();
  const { settings } = useSettings();
  const clock = useClock();
  const [isOpen, setOpen] = useState(false);
  const { phone, since, staff } = entry;
  const when = moment(since, clock());
  return (
    <li>
      <button
        type="button"
        className="number-open"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <span>{isOpen ? formatPhone(phone, settings.defaultCountry) : maskPhone(phone)}</span>
        <span className="hint">
          {staff === null
            ? t('settings.doNotContact.sinceWhen', { when })
            : t('settings.doNotContact.sinceBy', { when, staff })}
        </span>
      </button>
      {isOpen && (
        <Confirm
          ask={t('settings.doNotContact.remove')}
          yes={t('settings.doNotContact.remove')}
          no={t('settings.doNotContact.keep')}
          onYes={onRemove}
        >
          {t('settings.doNotContact.confirm')}
        </Confirm>
      )}
    </li>
  );
}
