import { useId, type ReactNode } from 'react';
import type { Settings } from '../../shared/settings.ts';
import { LockedNote } from './locked-note.tsx';
import { useIsLocked } from './office.tsx';
import { SaidRegion, type Said } from '../said.tsx';
import './row.css';

/** What ties a control to its label, its hint and its lock: spread `control` on it. */
export type RowIds = {
  readonly control: {
    readonly id: string;
    readonly 'aria-describedby': string;
    readonly disabled: boolean;
  };
};

/** The ties of one setting's row. */
export function useRow(setting: keyof Settings): RowIds {
  const id = useId();
  const hintId = useId();
  const disabled = useIsLocked(setting);
  return { control: { id, 'aria-describedby': hintId, disabled } };
}

type Props = {
  readonly row: RowIds;
  readonly label: string;
  readonly hint: string;
  readonly said: Said | null;
  readonly children: ReactNode;
};

/** One setting: what it is, what it does, its control, what came of changing it, and who has fixed it. */
export function Row({ row: { control }, label, hint, said, children }: Props) {
  return (
    <div className="setting">
      <div className="setting-words">
        <label htmlFor={control.id}>{label}</label>
        <p id={control['aria-describedby']} className="hint">
          {hint}
        </p>
      </div>
      <div className="setting-control">{children}</div>
      <div className="setting-said">
        {control.disabled && <LockedNote />}
        <SaidRegion said={said} />
      </div>
    </div>
  );
}
