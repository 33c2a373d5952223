import type { IpcClient } from '../../ipc/client.ts';
import { useQuery } from '../../ipc/use-ipc.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { useSettings, useSaveSetting } from '../settings-context.tsx';
import { SettingRow, useRow } from '../fields/row.tsx';

const read = (ipc: IpcClient) => ipc.call('holidays.regions', {});

/** The region with its own public holidays. Its list is read again when the country changes. */
export function RegionRow() {
  const { settings } = useSettings();
  return <Regions key={settings.defaultCountry} />;
}

function Regions() {
  const { t } = useTranslations();
  const { settings } = useSettings();
  const row = useRow('holidayRegion');
  const { said, save } = useSaveSetting();
  const { answer } = useQuery(read, NOTHING);
  const known = answer?.ok === true ? answer.value.regions : [];
  const current = settings.holidayRegion;
  // Show IT's region even if the calendar does not know it.
  const isForeign = current !== null && !known.some(({ code }) => code === current);
  if (known.length === 0 && current === null) return null;
  return (
    <SettingRow
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
    </SettingRow>
  );
}

const NOTHING: readonly never[] = [];
