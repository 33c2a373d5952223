import type { EventName } from '../../shared/ipc/bridge.ts';
import { DAY_MS, MINUTE_MS } from '../../shared/time.ts';
import { useQuery } from '../ipc/use-ipc.ts';
import { useNow } from '../time/use-clock.ts';
import { useTranslations } from '../i18n/translations.ts';
import { Chart } from './chart.tsx';
import { lastDays, startOfDay } from './days.ts';

const CHANGES: readonly EventName[] = ['invitation.changed', 'app.changed'];
const DAYS = 30;

/** Shows today's counts in one line, and the days before it in a small chart. */
export function DaySummary() {
  const today = startOfDay(useNow(MINUTE_MS));
  return <ShiftOf key={today} today={today} />;
}

function ShiftOf({ today }: { readonly today: number }) {
  const { t } = useTranslations();
  const days = lastDays(DAYS, today + DAY_MS / 2);
  const { answer } = useQuery(
    (ipc) => ipc.call('history.dailyCounts', { instants: [...days] }),
    CHANGES,
  );
  if (answer?.ok !== true) return <div className="shift" />;
  const { tallies, waiting } = answer.value;
  const { accepted, delivered, notDelivered } = tallies.at(-1) ?? NONE;
  return (
    <section className="shift" aria-label={t('history.shift.title')}>
      <p className="shift-strip">
        {t('history.shift.line', { accepted, delivered, notDelivered, waiting })}
      </p>
      <Chart days={days} tallies={tallies} />
    </section>
  );
}

const NONE = { accepted: 0, delivered: 0, notDelivered: 0 };
