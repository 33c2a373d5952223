import { useTranslations } from '../i18n/translations.ts';
import { SECTIONS, sectionId, type SectionName } from './section.tsx';

/** Links to each section: Settings are long, and a manager needs one of them. */
export function SectionList({ without }: { readonly without: readonly SectionName[] }) {
  const { t } = useTranslations();
  const go = (name: SectionName): void => {
    const heading = document.getElementById(sectionId(name));
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: 'start' });
  };
  return (
    <nav className="section-list" aria-label={t('settings.sections')}>
      <ul>
        {SECTIONS.filter((name) => !without.includes(name)).map((name) => (
          <li key={name}>
            <button type="button" className="section-link" onClick={() => go(name)}>
              {t(`settings.${name}.title`)}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
