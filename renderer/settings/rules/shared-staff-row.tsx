import { useState } from 'react';
import { useTranslations } from '../../i18n/translations.ts';
import { useIpc } from '../../ipc/use-ipc.ts';
import type { StatusMessage } from '../../components/status-message.tsx';
import { SettingRow, useRow } from '../fields/row.tsx';
import { useSettings } from '../settings-context.tsx';

/** Whether all desks of this site use one list of staff; nothing at a desk that shares nothing. */
export function SharedStaffRow() {
  const { t } = useTranslations();
  const ipc = useIpc();
  const { staff, again, inTurn } = useSettings();
  const row = useRow('staff');
  const [said, setSaid] = useState<StatusMessage | null>(null);
  if (staff === 'alone') return null;

  const share = (isShared: boolean): Promise<void> =>
    inTurn(async () => {
      const saved = await ipc.call('settings.shareStaff', { isShared });
      setSaid(
        saved.ok
          ? { kind: 'good', text: t('common.saved') }
          : { kind: 'failure', failure: saved.failure },
      );
      again();
    });
  return (
    <SettingRow
      row={row}
      label={t('settings.staff.shared')}
      hint={t('settings.staff.sharedHint')}
      said={said}
    >
      <input
        {...row.control}
        type="checkbox"
        role="switch"
        checked={staff === 'shared'}
        onChange={(event) => void share(event.currentTarget.checked)}
      />
    </SettingRow>
  );
}
