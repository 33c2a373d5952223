import { HOT_KEYS, hotKeySchema, type HotKey } from '../../../shared/system-settings.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { useSettings, useSaveSetting } from '../settings-context.tsx';
import { SettingRow, useRow } from '../fields/row.tsx';
import { orError } from '../../components/status-message.tsx';

type Props = {
  readonly label: string;
  readonly hint: string;
  /** What this computer refused. */
  readonly trouble: string | null;
};

/** The global hot-key, from a few that other programs are unlikely to use. */
export function HotKeyRow({ label, hint, trouble }: Props) {
  const { t } = useTranslations();
  const { settings } = useSettings();
  const row = useRow('hotKey');
  const { said, save } = useSaveSetting();
  return (
    <SettingRow row={row} label={label} hint={hint} said={orError(said, trouble)}>
      <select
        {...row.control}
        className="input select"
        value={settings.hotKey ?? ''}
        onChange={(event) => {
          const chosen = hotKeySchema.safeParse(event.currentTarget.value);
          void save({ hotKey: chosen.success ? chosen.data : null });
        }}
      >
        <option value="">{t('settings.computer.hotKeyOff')}</option>
        {HOT_KEYS.map((key) => (
          <option key={key} value={key}>
            {shownKey(key, navigator.platform)}
          </option>
        ))}
      </select>
    </SettingRow>
  );
}

/** Returns a key's name on the keyboards of a system. */
function shownKey(key: HotKey, platform: string): string {
  const isMac = platform.startsWith('Mac');
  return key
    .replace('CommandOrControl', isMac ? '⌘' : 'Ctrl')
    .replace('Shift', isMac ? '⇧' : 'Shift');
}
