import type { Business } from '../../../shared/settings.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { useTextDraft } from '../settings-drafts.tsx';
import { useSettings, useSaveSetting } from '../settings-context.tsx';
import { SettingRow, useRow } from '../fields/row.tsx';

/** The Google review link of each business, for the counter cards; Partoo does not provide it. */
export function ReviewLinks({ businesses }: { readonly businesses: readonly Business[] }) {
  return businesses.map((business) => <ReviewLink key={business.id} business={business} />);
}

function ReviewLink({ business: { id, name } }: { readonly business: Business }) {
  const { t } = useTranslations();
  const { reviewLinks } = useSettings().settings;
  const row = useRow('reviewLinks');
  const { said, setSaid, update } = useSaveSetting();
  const [typed, setTyped] = useTextDraft(`review-link-${id}`);

  const keep = async (): Promise<void> => {
    if (typed === null) return;
    const link = typed.trim();
    if (link === (reviewLinks[id] ?? '')) {
      setTyped(null);
      setSaid(null);
      return;
    }
    if (link !== '' && !isHttps(link)) {
      setSaid({ kind: 'bad', text: t('settings.reviewLink.notHttps') });
      return;
    }
    const isSaved = await update((stored) => {
      const { [id]: _, ...others } = stored.reviewLinks;
      return { reviewLinks: link === '' ? others : { ...others, [id]: link } };
    });
    if (isSaved) setTyped(null);
  };

  return (
    <SettingRow
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
        aria-invalid={said?.kind === 'bad'}
        value={typed ?? reviewLinks[id] ?? ''}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => void keep()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void keep();
          if (event.key !== 'Escape') return;
          setTyped(null);
          setSaid(null);
        }}
      />
    </SettingRow>
  );
}

function isHttps(link: string): boolean {
  return URL.canParse(link) && new URL(link).protocol === 'https:';
}
