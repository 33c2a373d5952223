import { LANGUAGES } from '../../../shared/i18n/languages.ts';
import { languageName } from '../../i18n/language-name.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { useSettings, useSaveSetting } from '../settings-context.tsx';
import { SettingRow, useRow } from '../fields/row.tsx';

const AS_SYSTEM = 'system';

/** The language of the screen, each under its own name. */
export function LanguageRow() {
  const { t } = useTranslations();
  const { settings } = useSettings();
  const row = useRow('language');
  const { said, save } = useSaveSetting();

  const choose = (text: string): void => {
    void save({ language: LANGUAGES.find((language) => language === text) ?? null });
  };
  return (
    <SettingRow
      row={row}
      label={t('settings.language.label')}
      hint={t('settings.language.about')}
      // A changed language needs no "saved" message.
      said={said?.kind === 'good' ? null : said}
    >
      <select
        {...row.control}
        className="input select"
        value={settings.language ?? AS_SYSTEM}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value={AS_SYSTEM}>{t('settings.language.system')}</option>
        {LANGUAGES.map((language) => (
          <option key={language} value={language} lang={language}>
            {languageName(language)}
          </option>
        ))}
      </select>
    </SettingRow>
  );
}
