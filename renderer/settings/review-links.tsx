import { useState } from 'react';
import type { Business } from '../../shared/settings.ts';
import { useWords } from '../words.ts';
import { useOffice, useSave } from './office.tsx';
import { Row, useRow } from './row.tsx';

/** Where a customer of each business can leave a Google review; Partoo does not tell. For the cards on the counter. */
export function ReviewLinks({ businesses }: { readonly businesses: readonly Business[] }) {
  return businesses.map((business) => <ReviewLink key={business.id} business={business} />);
}

function ReviewLink({ business: { id, name } }: { readonly business: Business }) {
  const { t } = useWords();
  const { reviewLinks } = useOffice().settings;
  const row = useRow('reviewLinks');
  const { said, setSaid, update } = useSave();
  const [text, setText] = useState(reviewLinks[id] ?? '');

  const keep = (): void => {
    const link = text.trim();
    if (link === (reviewLinks[id] ?? '')) return;
    if (link !== '' && !isHttps(link)) {
      setSaid({ kind: 'bad', text: t('settings.reviewLink.notHttps') });
      return;
    }
    void update((stored) => {
      const { [id]: _, ...others } = stored.reviewLinks;
      return { reviewLinks: link === '' ? others : { ...others, [id]: link } };
    });
  };

  return (
    <Row
      row={row}
      label={t('settings.reviewLink.label', { name })}
      hint={t('settings.reviewLink.hint')}
      said={said}
    >
      <input
        {...row.control}
        className="input"
        type="url"
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
        }}
      />
    </Row>
  );
}

function isHttps(link: string): boolean {
  return URL.canParse(link) && new URL(link).protocol === 'https:';
}
