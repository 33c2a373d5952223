import { useId, useState } from 'react';
import type { Business } from '../../shared/settings.ts';
import { useDesk } from '../hooks.ts';
import { useWords } from '../words.ts';
import { BusinessSearch } from './business-search.tsx';
import { LockedNote } from './locked-note.tsx';
import { SaidRegion, type Said } from './said.tsx';
import { TypedBusiness } from './typed-business.tsx';

type Props = {
  readonly businesses: readonly Business[];
  readonly isLocked: boolean;
  readonly configFile: string | null;
  readonly onChanged: () => void;
};

/** For which businesses this desk invites. */
export function BusinessSection({ businesses, isLocked, configFile, onChanged }: Props) {
  const { t } = useWords();
  const desk = useDesk();
  const headingId = useId();
  const [said, setSaid] = useState<Said | null>(null);

  const save = async (next: readonly Business[]): Promise<boolean> => {
    const saved = await desk.call('settings.save', { businesses: [...next] });
    setSaid(
      saved.ok
        ? { kind: 'good', text: t('common.saved') }
        : { kind: 'failure', failure: saved.failure },
    );
    if (saved.ok) onChanged();
    return saved.ok;
  };
  const add = async (business: Business): Promise<boolean> => {
    if (businesses.some(({ id }) => id === business.id)) {
      setSaid({ kind: 'bad', text: t('settings.business.twice') });
      return false;
    }
    return save([...businesses, business]);
  };

  return (
    <section className="card section" aria-labelledby={headingId}>
      <h2 id={headingId}>{t('settings.business.title')}</h2>
      {isLocked && <LockedNote file={configFile} />}
      {businesses.length === 0 && <p>{t('settings.business.none')}</p>}
      <ul className="businesses" aria-label={t('settings.business.list')}>
        {businesses.map((business) => (
          <li key={business.id}>
            <span>{business.name}</span>
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
      <SaidRegion said={said} />
      {!isLocked && (
        <>
          <BusinessSearch known={businesses} onAdd={(business) => void add(business)} />
          <TypedBusiness onAdd={add} onIncomplete={(text) => setSaid({ kind: 'bad', text })} />
        </>
      )}
    </section>
  );
}
