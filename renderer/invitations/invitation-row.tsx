import { useId, useState, type ReactNode } from 'react';
import type { Action } from '../../shared/invitation-actions.ts';
import type { Invitation } from '../../shared/invitation.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { DeskSettings } from '../ipc/client.ts';
import { RowActions } from './row-actions.tsx';
import { RowDetails } from './row-details.tsx';
import { RowSummary } from './row-summary.tsx';
import { AttemptList } from './attempt-list.tsx';
import './invitation-row.css';

/** The place of a row in a virtual list. */
export type RowPlace = {
  readonly index: number;
  /** The number of rows in the whole list; -1 while unknown. */
  readonly setSize: number;
  /** The height of the unrendered rows between this one and the one before it. */
  readonly gapPx: number;
  readonly measure: (row: HTMLLIElement | null) => void;
};

/** Whether a row is open, stored outside the row, because scrolling may unmount it. */
export type RowOpening = {
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
};

type Props = {
  readonly invitation: Invitation;
  readonly settings: DeskSettings;
  readonly now: EpochMs;
  readonly onAct: (action: Action) => void;
  /** Content at the end of the closed row. */
  readonly children: ReactNode;
  /** Content at the end of an opened row. */
  readonly more?: ReactNode;
  readonly place?: RowPlace;
  /** The open state where it must outlive the row; omitted: the row stores it itself. */
  readonly opening?: RowOpening;
  /** What a person must know before choosing an action; always visible. */
  readonly explanation?: string;
};

/** An invitation in a list: one line when closed, its story when open, with its actions beside it. */
export function InvitationRow(props: Props) {
  const { invitation, settings, now, onAct, children, explanation, more, place, opening } = props;
  const rowId = useId();
  const [isOwnOpen, setOwnOpen] = useState(false);
  const { isOpen, onToggle } = opening ?? { isOpen: isOwnOpen, onToggle: setOwnOpen };
  return (
    <li
      {...(place && placeProps(place))}
      className="row"
      id={rowId}
      data-state={invitation.progress.state}
    >
      <details open={isOpen} onToggle={(event) => onToggle(event.currentTarget.open)}>
        <RowSummary invitation={invitation}>{children}</RowSummary>
        {isOpen && (
          <>
            <RowDetails invitation={invitation} settings={settings} now={now} />
            <AttemptList id={invitation.id} now={now} />
            {more}
          </>
        )}
      </details>
      {explanation !== undefined && <p className="row-explanation">{explanation}</p>}
      <RowActions invitation={invitation} describedBy={rowId} onAct={onAct} />
    </li>
  );
}

function placeProps({ index, setSize, gapPx, measure }: RowPlace) {
  return {
    ref: measure,
    'data-index': index,
    'aria-posinset': index + 1,
    'aria-setsize': setSize,
    ...(gapPx > 0 && { style: { marginTop: gapPx } }),
  };
}
