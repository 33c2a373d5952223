import { useMemo } from 'react';
import { countrySchema } from '../../../shared/phone/e164.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { listCountries } from './countries.ts';
import { LanguageRow } from './language-row.tsx';
import { useSettings, useSaveSetting } from '../settings-context.tsx';
import { SettingRow, useRow } from '../fields/row.tsx';
import { Section } from '../section.tsx';

/** The country of numbers typed without a +, and the language of the screen. */
export function CountrySection() {
  const { t, locale } = useTranslations();
  const { settings } = useSettings();
  const row = useRow('defaultCountry');
  const { said, save } = useSaveSetting();
  const countries = useMemo(() => listCountries(locale), [locale]);

  const choose = (text: string): void => {
    const chosen = countrySchema.safeParse(text);
    if (chosen.success) void save({ defaultCountry: chosen.data });
  };
  return (
    <Section name="country">
      <SettingRow
        row={row}
        label={t('settings.country.label')}
        hint={t('settings.country.about')}
        said={said}
      >
        <select
          {...row.control}
          className="input select"
          value={settings.defaultCountry}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </SettingRow>
      <LanguageRow />
    </Section>
  );
}
