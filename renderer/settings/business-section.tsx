import type { Business } from '../../shared/settings.ts';
import { useWords } from '../words.ts';
import { BusinessSearch } from './business-search.tsx';
import { LockedNote } from './locked-note.tsx';
import { useIsLocked, useOffice, useSave } from './office.tsx';
import { ReviewLinks } from './review-links.tsx';
import { SaidRegion } from '../said.tsx';
import { Section } from './section.tsx';
import { FindInList, useShown } from './shown-businesses.tsx';
import { TypedBusiness } from './typed-business.tsx';
import './business-section.css';

/** For which businesses this desk invites. */
export function BusinessSection() {
  const { t } = useWords();
  const {
    settings: { businesses },
  } = useOffice();
  const isLocked = useIsLocked('businesses');
  const shown = useShown(businesses);
  const { said, setSaid, save: saveSettings } = useSave();

  const save = (next: readonly Business[]) => saveSettings({ businesses: [...next] });
  const add = async (business: Business): Promise<boolean> => {
    if (businesses.some(({ id }) => id === business.id)) {
      setSaid({ kind: 'bad', text: t('settings.business.twice') });
      return false;
    }
    return save([...businesses, business]);
  };

  return (
    <Section name="business">
      {isLocked && <LockedNote />}
      {businesses.length === 0 && <p>{t('settings.business.none')}</p>}
      {shown.isMany && <FindInList shown={shown} />}
      <ul className="businesses" aria-label={t('settings.business.list')}>
        {shown.businesses.map((business) => (
          <li key={business.id}>
            <span dir="auto">{business.name}</span>
            <code>{business.id}</code>
            {!isLocked && (
              <button
                type="button"
                className="button"
                aria-label={t('settings.business.removeNamed', { name: business.name })}
                onClick={() => void save(businesses.filter(({ id }) => id !== business.id))}
              >
                {t('settings.business.remove')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {shown.hasMore && (
        <button type="button" className="button more" onClick={shown.more}>
          {t('settings.business.more')}
        </button>
      )}
      <SaidRegion said={said} />
      <ReviewLinks businesses={shown.businesses} />
      {!isLocked && (
        <>
          <BusinessSearch known={businesses} onAdd={(business) => void add(business)} />
          <TypedBusiness onAdd={add} onIncomplete={(text) => setSaid({ kind: 'bad', text })} />
        </>
      )}
    </Section>
  );
}
