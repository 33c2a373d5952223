import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countrySchema, type Country } from '../../shared/phone.ts';
import { useDesk } from '../hooks.ts';
import { useWords } from '../words.ts';
import { listCountries } from './countries.ts';
import { LockedNote } from './locked-note.tsx';
import { SaidRegion, type Said } from './said.tsx';

type Props = {
  readonly country: Country;
  readonly isLocked: boolean;
  readonly configFile: string | null;
  readonly onChanged: () => void;
};

/** The country whose numbers are typed without a +. */
export function CountrySection({ country, isLocked, configFile, onChanged }: Props) {
  const { t } = useWords();
  const { i18n } = useTranslation();
  const desk = useDesk();
  const headingId = useId();
  const fieldId = useId();
  const aboutId = useId();
  const [said, setSaid] = useState<Said | null>(null);
  const countries = useMemo(() => listCountries(i18n.language), [i18n.language]);

  const save = async (text: string): Promise<void> => {
    const chosen = countrySchema.safeParse(text);
    if (!chosen.success) return;
    const saved = await desk.call('settings.save', { defaultCountry: chosen.data });
    setSaid(
      saved.ok
        ? { kind: 'good', text: t('common.saved') }
        : { kind: 'failure', failure: saved.failure },
    );
    onChanged();
  };
  return (
    <section className="card section" aria-labelledby={headingId}>
      <h2 id={headingId}>{t('settings.country.title')}</h2>
      {isLocked && <LockedNote file={configFile} />}
      <div className="field">
        <label htmlFor={fieldId}>{t('settings.country.label')}</label>
        <select
          id={fieldId}
          className="input select"
          aria-describedby={aboutId}
          disabled={isLocked}
          value={country}
          onChange={(event) => void save(event.currentTarget.value)}
        >
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        <p id={aboutId} className="hint">
          {t('settings.country.about')}
        </p>
      </div>
      <SaidRegion said={said} />
    </section>
  );
}
