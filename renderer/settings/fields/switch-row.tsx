import type { SettingChange, Settings } from '../../../shared/settings.ts';
import { useSettings, useSaveSetting } from '../settings-context.tsx';
import { SettingRow, useRow } from './row.tsx';
import { orError } from '../../components/status-message.tsx';

type Switched = keyof SettingChange &
  { [K in keyof Settings]: Settings[K] extends boolean ? K : never }[keyof Settings];

type Props = {
  readonly setting: Switched;
  readonly label: string;
  readonly hint: string;
  /** What this computer refused. */
  readonly trouble?: string | null;
};

/** An on/off setting. */
export function SwitchRow({ setting, label, hint, trouble = null }: Props) {
  const { settings } = useSettings();
  const row = useRow(setting);
  const { said, save } = useSaveSetting();
  return (
    <SettingRow row={row} label={label} hint={hint} said={orError(said, trouble)}>
      <input
        {...row.control}
        type="checkbox"
        role="switch"
        checked={settings[setting]}
        onChange={(event) => void save({ [setting]: event.currentTarget.checked })}
      />
    </SettingRow>
  );
}
