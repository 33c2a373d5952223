import { IconUndo } from '../../components/icons.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import './row.css';

/** The placeholder of a removed entry in a list. */
export function RemovedRow({
  name,
  onUndo,
}: {
  readonly name: string;
  readonly onUndo: () => void;
}) {
  const { t } = useTranslations();
  return (
    <li className="removed-row">
      <span>
        <s dir="auto">{name}</s>
      </span>
      <button
        type="button"
        className="button button-quiet"
        aria-label={t('settings.list.undoNamed', { name })}
        onClick={onUndo}
      >
        <IconUndo />
        {t('settings.list.undo')}
      </button>
    </li>
  );
}
