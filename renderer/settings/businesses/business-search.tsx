import { useState } from 'react';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { Business } from '../../../shared/settings.ts';
import { useIpc } from '../../ipc/use-ipc.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { keyTestText } from '../partoo/key-test-text.ts';
import { FieldForm } from '../../components/text-field.tsx';
import { StatusRegion, type StatusMessage } from '../../components/status-message.tsx';

type Props = {
  readonly known: readonly Business[];
  readonly onAdd: (business: Business) => void;
};

type Found = Extract<Output<'businesses.search'>, { readonly kind: 'found' }>;
type Shown = Found & { readonly text: string; readonly page: number };

/** Searches Partoo's businesses, page by page. */
export function BusinessSearch({ known, onAdd }: Props) {
  const translations = useTranslations();
  const { t } = translations;
  const ipc = useIpc();
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown | null>(null);
  const [said, setSaid] = useState<StatusMessage | null>(null);

  const search = async (wanted: string, page: number): Promise<void> => {
    const answer = await ipc.call('businesses.search', { text: wanted, page });
    if (!answer.ok) return setSaid({ kind: 'failure', failure: answer.failure });
    if (answer.value.kind === 'trouble')
      return setSaid(keyTestText(translations, answer.value.test));
    const before = page > 1 && shown?.text === wanted ? shown.businesses : [];
    const businesses = [...before, ...answer.value.businesses];
    setShown({ ...answer.value, businesses, text: wanted, page });
    setSaid({
      kind: businesses.length > 0 ? 'good' : 'bad',
      text: t('settings.business.found', { count: businesses.length }),
    });
  };
  return (
    <FieldForm
      label={t('settings.business.find')}
      placeholder={t('settings.business.findHint')}
      maxLength={200}
      value={text}
      onType={setText}
      button={t('settings.business.search')}
      onSubmit={() => void search(text.trim(), 1)}
    >
      <StatusRegion said={said} />
      {shown !== null && shown.businesses.length > 0 && (
        <ul className="businesses">
          {shown.businesses.map((business) => (
            <li key={business.id}>
              <span dir="auto">{business.name}</span>
              <code>{business.id}</code>
              {!known.some(({ id }) => id === business.id) && (
                <button
                  type="button"
                  className="button"
                  aria-label={t('settings.business.addNamed', { name: business.name })}
                  onClick={() => onAdd(business)}
                >
                  {t('settings.business.add')}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {shown !== null && shown.page < shown.pages && (
        <button
          type="button"
          className="button more"
          onClick={() => void search(shown.text, shown.page + 1)}
        >
          {t('settings.business.more')}
        </button>
      )}
    </FieldForm>
  );
}
