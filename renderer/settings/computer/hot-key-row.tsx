import { HOT_KEYS, hotKeySchema, type HotKey } from '../../../shared/system-settings.ts';
import { useWords } from '../../i18n/translations.ts';
import { useOffice, useSave } from '../settings-context.tsx';
import { Row, useRow } from '../fields/row.tsx';
import { orTrouble } from '../../components/status-message.tsx';

type Props = {
  readonly label: string;
  readonly hint: string;
  /** What this computer did not allow. */
  readonly trouble: string | null;
};

/** The key that brings the form up from anywhere, out of a few that no other program is likely to want. */
export function HotKeyRow({ label, hint, trouble }: Props) {
  const { t } = useWords();
  const { settings } = useOffice();
  const row = useRow('hotKey');
  const { said, save } = useSave();
  return (
    <Row row={row} label={label} hint={hint} said={orTrouble(said, trouble)}>
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
    </Row>
  );
}

/** A key as the keyboards of a system name it. */
function shownKey(key: HotKey, platform: string): string {
  const isMac = platform.startsWith('Mac');
  return key
    .replace('CommandOrControl', isMac ? '⌘' : 'Ctrl')
    .replace('Shift', isMac ? '⇧' : 'Shift');
}
