import { useMemo, useState } from 'react';
import type { Business } from '../../../shared/settings.ts';
import { useIpc } from '../../ipc/use-ipc.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { BusinessSearch } from './business-search.tsx';
import { Question } from '../../components/confirm.tsx';
import { LockedNote } from '../fields/locked-note.tsx';
import { useLock, useSettings, useSaveSetting } from '../settings-context.tsx';
import { RemovedRow } from '../fields/removed-row.tsx';
import { ReviewLinks } from './review-links.tsx';
import { StatusRegion } from '../../components/status-message.tsx';
import { Section } from '../section.tsx';
import { FindInList, useFilteredBusinesses } from './filtered-businesses.tsx';
import { BusinessById } from './business-by-id.tsx';
import { useRemovals } from '../fields/use-removals.ts';
import './business-section.css';

const keyOf = ({ id }: Business): string => id;

/** The question before removing a business with waiting invitations. */
type Asked = { readonly id: string; readonly waiting: number };

/** The businesses that this desk invites for. */
export function BusinessSection() {
  const { t } = useTranslations();
  const ipc = useIpc();
  const {
    settings: { businesses },
  } = useSettings();
  const lock = useLock('businesses');
  const isLocked = lock !== null;
  const { said, setSaid, update } = useSaveSetting();
  const { rows, remove, undo } = useRemovals({
    stored: businesses,
    keyOf,
    change: (next, gone) =>
      update(
        (settings) => ({ businesses: [...next(settings.businesses)] }),
        gone === null ? undefined : t('settings.list.removed', { name: gone.name }),
      ),
  });
  const entries = useMemo(() => rows.map(({ item }) => item), [rows]);
  const shown = useFilteredBusinesses(entries);
  const [asked, setAsked] = useState<Asked | null>(null);

  const add = async (business: Business): Promise<boolean> => {
    if (businesses.some(({ id }) => id === business.id)) {
      setSaid({ kind: 'bad', text: t('settings.business.twice') });
      return false;
    }
    return update((settings) => ({
      businesses: [...settings.businesses.filter(({ id }) => id !== business.id), business],
    }));
  };
  /** Removes a business, or asks first if its invitations are waiting. */
  const askToRemove = async (business: Business): Promise<void> => {
    const waiting = await ipc.call('outbox.list', {});
    if (!waiting.ok) return setSaid({ kind: 'failure', failure: waiting.failure });
    const { length } = waiting.value.filter(({ businessId }) => businessId === business.id);
    if (length === 0) return remove(business);
    setAsked({ id: business.id, waiting: length });
  };
  const stored = new Set(businesses.map(keyOf));

  return (
    <Section name="business">
      <LockedNote lock={lock} />
      {businesses.length === 0 && <p>{t('settings.business.none')}</p>}
      {shown.isMany && <FindInList shown={shown} />}
      <ul className="businesses" aria-label={t('settings.business.list')}>
        {shown.businesses.map((business) =>
          stored.has(business.id) ? (
            <li key={business.id}>
              <span dir="auto">{business.name}</span>
              <code>{business.id}</code>
              {!isLocked && asked?.id !== business.id && (
                <button
                  type="button"
                  className="button"
                  aria-label={t('settings.business.removeNamed', { name: business.name })}
                  onClick={() => void askToRemove(business)}
                >
                  {t('settings.business.remove')}
                </button>
              )}
              {asked?.id === business.id && (
                <Question
                  yes={t('settings.business.removeAllTheSame')}
                  no={t('settings.business.keep')}
                  onYes={() => {
                    setAsked(null);
                    void remove(business);
                  }}
                  onNo={() => setAsked(null)}
                >
                  {t('settings.business.waiting', { count: asked.waiting, name: business.name })}
                </Question>
              )}
            </li>
          ) : (
            <RemovedRow key={business.id} name={business.name} onUndo={() => void undo(business)} />
          ),
        )}
      </ul>
      {shown.hasMore && (
        <button type="button" className="button more" onClick={shown.more}>
          {t('settings.business.more')}
        </button>
      )}
      <StatusRegion said={said} />
      <ReviewLinks businesses={shown.businesses.filter(({ id }) => stored.has(id))} />
      {!isLocked && (
        <>
          <BusinessSearch known={businesses} onAdd={(business) => void add(business)} />
          <BusinessById onAdd={add} onIncomplete={(text) => setSaid({ kind: 'bad', text })} />
        </>
      )}
    </Section>
  );
}
