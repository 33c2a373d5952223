import { useMemo } from 'react';
import { countrySchema } from '../../../shared/phone/e164.ts';
import { useWords } from '../../i18n/translations.ts';
import { listCountries } from './countries.ts';
import { LanguageRow } from './language-row.tsx';
import { useOffice, useSave } from '../settings-context.tsx';
import { Row, useRow } from '../fields/row.tsx';
import { Section } from '../section.tsx';

/** The country whose numbers are typed without a +, and the language of the screen. */
export function CountrySection() {
  const { t, locale } = useWords();
  const { settings } = useOffice();
  const row = useRow('defaultCountry');
  const { said, save } = useSave();
  const countries = useMemo(() => listCountries(locale), [locale]);

  const choose = (text: string): void => {
    const chosen = countrySchema.safeParse(text);
    if (chosen.success) void save({ defaultCountry: chosen.data });
  };
  return (
    <Section name="country">
      <Row
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
      </Row>
      <LanguageRow />
    </Section>
  );
}
