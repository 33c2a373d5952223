import { useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { DEFAULT_SENDING_HOURS } from '../../../shared/sending-hours.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { nameDays } from './day-names.ts';
import { useHoursDraft } from '../settings-drafts.tsx';
import {
  findOverlaps,
  findProblem,
  fromDraft,
  NEW_PERIOD,
  passesMidnight,
  toDraft,
  type DraftPeriod,
} from './hours.ts';
import { LockedNote } from '../fields/locked-note.tsx';
import { useLock, useSettings, useSaveSetting } from '../settings-context.tsx';
import { PeriodFields } from './period-fields.tsx';
import { StatusRegion } from '../../components/status-message.tsx';
import './hours-row.css';

/** The sending hours: any number of periods, or always. A change is saved as a whole. */
export function HoursRow() {
  const { t, locale, list } = useTranslations();
  const { settings, mode } = useSettings();
  const lock = useLock('sendingHours');
  const isLocked = lock !== null;
  const { said, setSaid, save } = useSaveSetting();
  const headingId = useId();
  const [draft, setDraft] = useHoursDraft();
  // Errors are shown from the first attempt to save until they are corrected.
  const [isTold, setTold] = useState(false);
  const { sendingHours } = settings;
  const periods = draft ?? toDraft(sendingHours ?? []);
  const days = useMemo(() => nameDays(locale), [locale]);
  const overlaps = findOverlaps(periods);
  const group = useRef<HTMLDivElement>(null);
  const [refusals, setRefusals] = useState(0);
  useLayoutEffect(() => {
    if (refusals > 0) group.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);

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
    if (periods.some((period) => findProblem(period) !== null)) {
      setTold(true);
      return setRefusals(refusals + 1);
    }
    if (!(await save({ sendingHours: fromDraft(periods) }))) return undefined;
    setDraft(null);
    setTold(false);
    if (periods.some(passesMidnight)) {
      setSaid({ kind: 'good', text: t('settings.hours.savedSplit') });
    }
    return undefined;
  };
  const switchAlways = async (isAlways: boolean): Promise<void> => {
    if (isAlways) {
      // Turning the switch on again restores the hours.
      if (await save({ sendingHours: null })) setDraft(periods);
      return;
    }
    const isUsable = periods.length > 0 && periods.every((one) => findProblem(one) === null);
    const hours = isUsable ? fromDraft(periods) : DEFAULT_SENDING_HOURS;
    if (await save({ sendingHours: hours })) setDraft(null);
  };

  return (
    <div className="hours" ref={group} role="group" aria-labelledby={headingId}>
      <h3 id={headingId}>{t('settings.hours.title')}</h3>
      <p className="hint">{t('settings.hours.hint')}</p>
      {mode === 'practice' && !isLocked && <p className="hint">{t('settings.hours.practice')}</p>}
      <LockedNote lock={lock} />
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
              // oxlint-disable-next-line react/no-array-index-key -- a period has no key but its position
              <li key={at}>
                <PeriodFields
                  period={period}
                  nth={at + 1}
                  isLocked={isLocked}
                  problem={isTold ? findProblem(period) : null}
                  onChange={(next) => change(at, next)}
                />
              </li>
            ))}
          </ul>
          <div role="status" className="hours-notes">
            {overlaps.map(({ one, other, days: shared }) => (
              <p key={`${one} ${other}`} className="hint">
                {t('settings.hours.overlap', {
                  one,
                  other,
                  days: list(shared.map((day) => days[day - 1]?.long ?? '')),
                })}
              </p>
            ))}
            {draft !== null && <p className="hint">{t('settings.hours.unsaved')}</p>}
          </div>
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
                      setTold(false);
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
      <StatusRegion said={said} />
    </div>
  );
}
