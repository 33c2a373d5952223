import type { DeskClient } from '../../ipc/client.ts';
import { useAnswer } from '../../ipc/use-ipc.ts';
import { useWords } from '../../i18n/translations.ts';
import { useOffice, useSave } from '../settings-context.tsx';
import { Row, useRow } from '../fields/row.tsx';

const read = (desk: DeskClient) => desk.call('holidays.regions', {});

/** The part of the country with public holidays of its own. Its list is asked for when the country is another one. */
export function RegionRow() {
  const { settings } = useOffice();
  return <Regions key={settings.defaultCountry} />;
}

function Regions() {
  const { t } = useWords();
  const { settings } = useOffice();
  const row = useRow('holidayRegion');
  const { said, save } = useSave();
  const { answer } = useAnswer(read, NOTHING);
  const known = answer?.ok === true ? answer.value.regions : [];
  const current = settings.holidayRegion;
  // What IT has set is shown, also where the calendar does not know it.
  const isForeign = current !== null && !known.some(({ code }) => code === current);
  if (known.length === 0 && current === null) return null;
  return (
    <Row
      row={row}
      label={t('settings.sending.region')}
      hint={t('settings.sending.regionHint')}
      said={said}
    >
      <select
        {...row.control}
        className="input select"
        value={current ?? ''}
        onChange={(event) => void save({ holidayRegion: event.currentTarget.value || null })}
      >
        <option value="">{t('settings.sending.wholeCountry')}</option>
        {isForeign && <option value={current}>{current}</option>}
        {known.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </Row>
  );
}

const NOTHING: readonly never[] = [];
