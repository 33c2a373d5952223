import type { SettingChange, Settings } from '../../shared/settings.ts';
import { useOffice, useSave } from './office.tsx';
import { Row, useRow } from './row.tsx';

type Switched = keyof SettingChange &
  { [K in keyof Settings]: Settings[K] extends boolean ? K : never }[keyof Settings];

type Props = { readonly setting: Switched; readonly label: string; readonly hint: string };

/** A setting that is on or off. */
export function SwitchRow({ setting, label, hint }: Props) {
  const { settings } = useOffice();
  const row = useRow(setting);
  const { said, save } = useSave();
  return (
    <Row row={row} label={label} hint={hint} said={said}>
      <input
        {...row.control}
        type="checkbox"
        role="switch"
        checked={settings[setting]}
        onChange={(event) => void save({ [setting]: event.currentTarget.checked })}
      />
    </Row>
  );
}
