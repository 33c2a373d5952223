import type { DailyCount } from '../../shared/history-query.ts';
import { useTranslations } from '../i18n/translations.ts';

type Props = {
  /** The start of each day, and of the day after the last. */
  readonly days: readonly number[];
  readonly tallies: readonly DailyCount[];
};

const BAR = 8;
const GAP = 2;
const HEIGHT = 48;

/** Accepted invitations per day: a bar chart, and a table for assistive technology. */
export function Chart({ days, tallies }: Props) {
  const { t, day } = useTranslations();
  const most = Math.max(1, ...tallies.map(({ accepted }) => accepted));
  const total = tallies.reduce((sum, { accepted }) => sum + accepted, 0);
  const heightOf = (count: number): number =>
    count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT);
  return (
    <div className="chart">
      <svg
        viewBox={`0 0 ${tallies.length * (BAR + GAP)} ${HEIGHT}`}
        role="img"
        aria-label={t('history.chart.summary', { count: total, days: tallies.length })}
      >
        {tallies.map(({ accepted, notDelivered }, at) => {
          const x = at * (BAR + GAP);
          const all = heightOf(accepted);
          const failed = Math.min(all, heightOf(notDelivered));
          return (
            <g key={days[at]}>
              <rect className="bar-ground" x={x} y={HEIGHT - 1} width={BAR} height={1} />
              <rect className="bar" x={x} y={HEIGHT - all} width={BAR} height={all} rx={1} />
              <rect
                className="bar-bad"
                x={x}
                y={HEIGHT - failed}
                width={BAR}
                height={failed}
                rx={1}
              />
            </g>
          );
        })}
      </svg>
      <details className="chart-table">
        <summary>{t('history.chart.title')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('history.chart.day')}</th>
              <th scope="col">{t('state.accepted')}</th>
              <th scope="col">{t('history.chart.delivered')}</th>
              <th scope="col">{t('history.notDelivered')}</th>
            </tr>
          </thead>
          <tbody>
            {tallies
              .map((tally, at) => ({ ...tally, at: days[at] ?? 0 }))
              .toReversed()
              .map(({ at, accepted, delivered, notDelivered }) => (
                <tr key={at}>
                  <th scope="row">{day(at)}</th>
                  <td>{accepted}</td>
                  <td>{delivered}</td>
                  <td>{notDelivered}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}
