import { useId, type ReactNode } from 'react';
import type { Settings } from '../../../shared/settings.ts';
import { LockedNote } from './locked-note.tsx';
import { useLock, type Lock } from '../settings-context.tsx';
import { StatusRegion, type StatusMessage } from '../../components/status-message.tsx';
import './row.css';

/** The ids that link a control to its label, hint and lock: spread `control` on it. */
export type RowIds = {
  readonly hintId: string;
  readonly saidId: string;
  readonly lock: Lock;
  readonly control: {
    readonly id: string;
    readonly 'aria-describedby': string;
    readonly disabled: boolean;
  };
};

/** Creates the ids of one setting's row. */
export function useRow(setting: keyof Settings): RowIds {
  const id = useId();
  const hintId = useId();
  const saidId = useId();
  const lock = useLock(setting);
  // The error comes first, so that a screen reader user need not listen to the whole hint.
  const describedBy = `${saidId} ${hintId}`;
  const control = { id, 'aria-describedby': describedBy, disabled: lock !== null };
  return { hintId, saidId, lock, control };
}

type Props = {
  readonly row: RowIds;
  readonly label: string;
  readonly hint: string;
  readonly said: StatusMessage | null;
  readonly children: ReactNode;
};

/** One setting: label, hint, control, the result of the last change, and its lock. */
export function SettingRow({
  row: { control, hintId, saidId, lock },
  label,
  hint,
  said,
  children,
}: Props) {
  return (
    <div className="setting">
      <div className="setting-words">
        <label htmlFor={control.id}>{label}</label>
        <p id={hintId} className="hint">
          {hint}
        </p>
      </div>
      <div className="setting-control">{children}</div>
      <div className="setting-said">
        <LockedNote lock={lock} />
        <StatusRegion said={said} id={saidId} />
      </div>
    </div>
  );
}
