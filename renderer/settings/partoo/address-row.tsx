import { apiUrlSchema, DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { useTextDraft } from '../settings-drafts.tsx';
import { useSettings, useSaveSetting } from '../settings-context.tsx';
import { SettingRow, useRow } from '../fields/row.tsx';

const ADDRESS_MAX = 500;

/** Partoo's address: production, or another one given to the manager. Each host has its own key. */
export function AddressRow() {
  const { t } = useTranslations();
  const { settings } = useSettings();
  const row = useRow('apiUrl');
  const { said, setSaid, save } = useSaveSetting();
  const [typed, setTyped] = useTextDraft('apiUrl');
  const isProduction = settings.apiUrl === DEFAULT_SETTINGS.apiUrl;

  const keep = async (text: string): Promise<void> => {
    if (!apiUrlSchema.safeParse(text).success) {
      return setSaid({ kind: 'bad', text: t('settings.key.badAddress') });
    }
    if (await save({ apiUrl: text })) setTyped(null);
  };
  return (
    <SettingRow
      row={row}
      label={t('settings.key.address')}
      hint={t('settings.key.addressHint')}
      said={said}
    >
      <form
        className="address"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== null) void keep(typed.trim());
        }}
      >
        <input
          {...row.control}
          className="input"
          type="text"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          maxLength={ADDRESS_MAX}
          aria-invalid={said?.kind === 'bad'}
          value={typed ?? settings.apiUrl}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            setTyped(null);
            setSaid(null);
          }}
        />
        {typed !== null && typed !== settings.apiUrl && (
          <button type="submit" className="button">
            {t('settings.key.saveAddress')}
          </button>
        )}
        {typed === null && !isProduction && !row.control.disabled && (
          <button
            type="button"
            className="button"
            onClick={() => void keep(DEFAULT_SETTINGS.apiUrl)}
          >
            {t('settings.key.production')}
          </button>
        )}
      </form>
    </SettingRow>
  );
}
