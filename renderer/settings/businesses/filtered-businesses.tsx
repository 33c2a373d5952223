import { useMemo, useState } from 'react';
import type { Business } from '../../../shared/settings.ts';
import { createBusinessSearch, MANY_BUSINESSES } from '../../businesses/search-businesses.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { TextField } from '../../components/text-field.tsx';

const PAGE = 20;

type Shown = {
  readonly businesses: readonly Business[];
  /** The number of matches. */
  readonly found: number;
  readonly isMany: boolean;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly text: string;
  readonly find: (text: string) => void;
};

/** Returns the matches of a long list, page by page. */
export function useFilteredBusinesses(businesses: readonly Business[]): Shown {
  const [text, setText] = useState('');
  const [pages, setPages] = useState(1);
  const finder = useMemo(() => createBusinessSearch(businesses), [businesses]);
  const found = useMemo(() => finder(text), [finder, text]);
  return {
    businesses: found.slice(0, pages * PAGE),
    found: found.length,
    isMany: businesses.length > MANY_BUSINESSES,
    hasMore: found.length > pages * PAGE,
    more: () => setPages(pages + 1),
    text,
    find: (typed) => {
      setText(typed);
      setPages(1);
    },
  };
}

/** The search field of a long list. */
export function FindInList({ shown }: { readonly shown: Shown }) {
  const { t } = useTranslations();
  return (
    <>
      <TextField
        label={t('settings.business.findInList')}
        type="search"
        maxLength={200}
        value={shown.text}
        onType={shown.find}
      />
      <p className="hint" role="status">
        {t('settings.business.inList', { count: shown.found })}
      </p>
    </>
  );
}
