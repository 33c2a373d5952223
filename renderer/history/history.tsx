import { useMemo, useState } from 'react';
import { isUnexplained } from '../../shared/invitation-actions.ts';
import { parsePhone, formatPhone } from '../../shared/phone/phone.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import type { DeskSettings } from '../ipc/client.ts';
import { useDelay, useNow } from '../time/use-clock.ts';
import { BellMark } from '../components/icons.tsx';
import '../invitations/invitation-list.css';
import { InvitationRow, type RowOpening } from '../invitations/invitation-row.tsx';
import { PrintButtons } from '../print/print-buttons.tsx';
import { StatusRegion, type StatusMessage } from '../components/status-message.tsx';
import { FailureNote } from '../components/failure-note.tsx';
import { Loading } from '../components/loading.tsx';
import { useInvitationActions, type OnEdit } from '../invitations/use-invitation-actions.ts';
import { useTranslations } from '../i18n/translations.ts';
import { createDateFormat } from './date-format.ts';
import { outcomeText } from './outcome-text.ts';
import { startOfDay } from './days.ts';
import { EraseButton } from './erase-button.tsx';
import { ExportButton } from './export-button.tsx';
import {
  choosesAll,
  filterOf,
  Filters,
  findDayProblem,
  NO_CHOICE,
  type FilterChoice,
} from './filters.tsx';
import './history.css';
import { OutboxMatches } from './outbox-matches.tsx';
import { VirtualList } from './virtual-list.tsx';
import { DaySummary } from './day-summary.tsx';
import { useHistory } from './use-history.ts';

/** No query between two key presses. */
const TYPING_MS = 120;

type Props = {
  readonly settings: DeskSettings;
  /** The search; null: everything. Kept while another tab is shown. */
  readonly search: FilterChoice | null;
  readonly onSearch: (search: FilterChoice | null) => void;
  readonly onEdit: OnEdit;
  /** Opens the outbox. */
  readonly onOutbox: () => void;
};

/** All finished invitations, newest first, with search and export. */
export function History({ settings, search, onSearch, onEdit, onOutbox }: Props) {
  const translations = useTranslations();
  const { t, moment, locale } = translations;
  const now = useNow(MINUTE_MS);
  const choice = search ?? NO_CHOICE;
  const [settled, setSettled] = useState(choice);
  useDelay(choice === settled ? null : TYPING_MS, choice, () => setSettled(choice));
  const days = useMemo(() => createDateFormat(locale), [locale]);
  const today = startOfDay(now);
  const filter = useMemo(() => filterOf(settled, days, today), [settled, days, today]);
  const problem = findDayProblem(choice, days, today);
  const { shown, failure, more } = useHistory(filter);
  const [said, setSaid] = useState<StatusMessage | null>(null);
  const act = useInvitationActions(onEdit, setSaid);
  const opening = useOpenRows();
  const choose = (next: FilterChoice | null): void => {
    // The error belonged to the previous search.
    if (said?.kind === 'bad') setSaid(null);
    onSearch(next);
  };
  const invitations = shown?.invitations ?? [];
  const hasMore = shown !== null && shown.next !== null;
  const isAll = choosesAll(settled);
  const isNothing =
    shown?.filter === filter && problem === null && invitations.length === 0 && !hasMore;
  // A number without invitations may still have stored data to erase.
  const number = parsePhone(settled.text, settings.defaultCountry);
  return (
    <div className="page">
      <header className="page-head">
        <h1 data-home>{t('history.title')}</h1>
        <p className="hint">{t('history.privacy')}</p>
      </header>
      <DaySummary />
      <Filters choice={choice} settings={settings} days={days} problem={problem} onChoose={choose}>
        {!choosesAll(choice) && (
          <button type="button" className="button" onClick={() => choose(null)}>
            {t('history.showAll')}
          </button>
        )}
        <PrintButtons settings={settings} waiting={null} say={setSaid} />
        <ExportButton filter={filterOf(choice, days, today)} problem={problem} say={setSaid} />
      </Filters>
      <div className="found">
        <StatusRegion said={said} />
        {failure !== null && <FailureNote failure={failure} />}
        {shown === null && failure === null && <Loading />}
        <p className="hint" role="status">
          {shown?.filter === filter &&
            !isAll &&
            problem === null &&
            foundText(t, invitations.length, hasMore)}
        </p>
        {isNothing && filter.text !== '' && filter.state === null && (
          <OutboxMatches filter={filter} onOutbox={onOutbox} />
        )}
        {number.kind === 'complete' && (
          <EraseButton
            key={number.e164}
            phone={number.e164}
            label={t('erase.askNumber', {
              phone: formatPhone(number.e164, settings.defaultCountry),
            })}
            settings={settings}
            say={setSaid}
          />
        )}
        {invitations.length === 0 && shown !== null && !hasMore && isAll && (
          <div className="empty">
            <BellMark />
            <p className="empty-title">{t('history.empty')}</p>
            <p>{t('history.emptyText')}</p>
          </div>
        )}
        <VirtualList
          invitations={invitations}
          hasMore={hasMore}
          onMore={more}
          label={t('history.title')}
          renderRow={(invitation, place) => (
            <InvitationRow
              key={invitation.id}
              invitation={invitation}
              settings={settings}
              now={now}
              place={place}
              opening={opening(invitation.id)}
              onAct={(action) => void act(invitation, action)}
              {...(isUnexplained(invitation) && { explanation: t('refused.unexplained') })}
              more={
                <EraseButton
                  phone={invitation.phone}
                  label={t('erase.ask')}
                  settings={settings}
                  say={setSaid}
                />
              }
            >
              <span className="row-next">
                {outcomeText(translations, invitation.progress, now)}
              </span>
              <time className="row-age" dateTime={new Date(invitation.queuedAt).toISOString()}>
                {moment(invitation.queuedAt, now)}
              </time>
            </InvitationRow>
          )}
        />
      </div>
    </div>
  );
}

/** Tracks which rows are open, even while they are scrolled out of view. */
function useOpenRows(): (id: string) => RowOpening {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  return (id) => ({
    isOpen: open.has(id),
    onToggle: (isOpen) =>
      setOpen((now) => {
        const others = [...now].filter((one) => one !== id);
        return new Set(isOpen ? [...others, id] : others);
      }),
  });
}

/** Returns the text about the number of matches; announced when the search has settled. */
function foundText(
  t: ReturnType<typeof useTranslations>['t'],
  count: number,
  hasMore: boolean,
): string {
  if (!hasMore) return count === 0 ? t('history.none') : t('history.found', { count });
  return count === 0 ? t('history.looking') : '';
}
