import { useId, useState } from 'react';
import { DEFAULT_SENDING_HOURS } from '../../shared/sending-hours.ts';
import { useWords } from '../words.ts';
import { findProblem, fromDraft, NEW_PERIOD, toDraft, type DraftPeriod } from './hours.ts';
import { LockedNote } from './locked-note.tsx';
import { useIsLocked, useOffice, useSave } from './office.tsx';
import { PeriodFields } from './period-fields.tsx';
import { SaidRegion } from '../said.tsx';
import './hours-row.css';

/** When invitations may leave: any number of periods, or always. A change holds when it is saved as a whole. */
export function HoursRow() {
  const { t } = useWords();
  const { settings } = useOffice();
  const isLocked = useIsLocked('sendingHours');
  const { said, setSaid, save } = useSave();
  const headingId = useId();
  const [draft, setDraft] = useState<readonly DraftPeriod[] | null>(null);
  const { sendingHours } = settings;
  const periods = draft ?? toDraft(sendingHours ?? []);

  const change = (at: number, period: DraftPeriod | null): void => {
    setSaid(null);
    setDraft(
      periods.flatMap((one, place) => (place === at ? (period === null ? [] : [period]) : [one])),
    );
  };
  const keep = async (): Promise<void> => {
    if (periods.length === 0) {
      return setSaid({ kind: 'bad', text: t('settings.hours.problem.none') });
    }
    const problem = periods.map(findProblem).find((found) => found !== null);
    if (problem !== undefined) {
      return setSaid({ kind: 'bad', text: t(`settings.hours.problem.${problem}`) });
    }
    if (await save({ sendingHours: fromDraft(periods) })) setDraft(null);
  };
  const switchAlways = async (isAlways: boolean): Promise<void> => {
    if (await save({ sendingHours: isAlways ? null : DEFAULT_SENDING_HOURS })) setDraft(null);
  };

  return (
    <div className="hours" role="group" aria-labelledby={headingId}>
      <h3 id={headingId}>{t('settings.hours.title')}</h3>
      <p className="hint">{t('settings.hours.hint')}</p>
      {isLocked && <LockedNote />}
      <label className="check">
        <input
          type="checkbox"
          role="switch"
          disabled={isLocked}
          checked={sendingHours === null}
          onChange={(event) => void switchAlways(event.currentTarget.checked)}
        />
        <span>{t('settings.hours.always')}</span>
      </label>
      {sendingHours !== null && (
        <>
          <ul className="periods">
            {periods.map((period, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- a period is nothing but its place in the list
              <li key={at}>
                <PeriodFields
                  period={period}
                  nth={at + 1}
                  isLocked={isLocked}
                  onChange={(next) => change(at, next)}
                />
              </li>
            ))}
          </ul>
          {!isLocked && (
            <div className="buttons">
              {draft !== null && (
                <>
                  <button
                    type="button"
                    className="button button-primary"
                    onClick={() => void keep()}
                  >
                    {t('settings.hours.save')}
                  </button>
                  <button
                    type="button"
                    className="button"
                    onClick={() => {
                      setDraft(null);
                      setSaid(null);
                    }}
                  >
                    {t('settings.hours.discard')}
                  </button>
                </>
              )}
              <button
                type="button"
                className="button"
                onClick={() => setDraft([...periods, NEW_PERIOD])}
              >
                {t('settings.hours.add')}
              </button>
            </div>
          )}
        </>
      )}
      <SaidRegion said={said} />
    </div>
  );
}
