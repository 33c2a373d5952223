import type { Business } from '../../../shared/settings.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { useTextDraft } from '../settings-drafts.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSubmit } from '../../components/use-submit.ts';

type Props = {
  /** Resolves to whether it was added. */
  readonly onAdd: (business: Business) => Promise<boolean>;
  readonly onIncomplete: (text: string) => void;
};

const ID_MAX = 64;
const NAME_MAX = 200;

/** Adds a business by its ID, for a desk whose key cannot search or that is offline. */
export function BusinessById({ onAdd, onIncomplete }: Props) {
  const { t } = useTranslations();
  const [idDraft, setId] = useTextDraft('business-id');
  const [nameDraft, setName] = useTextDraft('business-name');
  const [id, name] = [idDraft ?? '', nameDraft ?? ''];

  const add = async (): Promise<void> => {
    const business = { id: id.trim(), name: name.trim() };
    if (business.id === '' || business.name === '') {
      return onIncomplete(t('settings.business.incomplete'));
    }
    if (!(await onAdd(business))) return;
    setId(null);
    setName(null);
  };
  const submit = useSubmit(id + name, () => void add());
  return (
    <form className="typed-business" autoComplete="off" onSubmit={submit}>
      <h3>{t('settings.business.type')}</h3>
      <div className="choices">
        <TextField label={t('settings.business.id')} maxLength={ID_MAX} value={id} onType={setId} />
        <TextField
          label={t('settings.business.name')}
          maxLength={NAME_MAX}
          value={name}
          onType={setName}
        />
      </div>
      <button type="submit" className="button">
        {t('settings.business.addTyped')}
      </button>
    </form>
  );
}
