import type { EventName } from '../../../shared/ipc/bridge.ts';
import type { IpcClient } from '../../ipc/client.ts';
import { useQuery } from '../../ipc/use-ipc.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { HotKeyRow } from './hot-key-row.tsx';
import { Section } from '../section.tsx';
import { SwitchRow } from '../fields/switch-row.tsx';

const read = (ipc: IpcClient) => ipc.call('systemSettings.readStatus', {});
const CHANGES: readonly EventName[] = ['app.changed'];

/** The system settings on this computer, and what the computer refused. */
export function ComputerSection() {
  const { t } = useTranslations();
  const { answer } = useQuery(read, CHANGES);
  const standing = answer?.ok === true ? answer.value : null;
  return (
    <Section name="computer">
      <SwitchRow
        setting="startWithComputer"
        label={t('settings.computer.start')}
        hint={t('settings.computer.startHint')}
        trouble={standing?.autostart === 'failed' ? t('settings.computer.startFailed') : null}
      />
      <HotKeyRow
        label={t('settings.computer.hotKey')}
        hint={t('settings.computer.hotKeyHint')}
        trouble={standing?.hotKey === 'taken' ? t('settings.computer.hotKeyTaken') : null}
      />
      <SwitchRow
        setting="kiosk"
        label={t('settings.computer.kiosk')}
        hint={t('settings.computer.kioskHint')}
      />
    </Section>
  );
}
