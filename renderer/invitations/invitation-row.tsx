import { useId, useState, type ReactNode } from 'react';
import type { Action } from '../../shared/invitation-actions.ts';
import type { Invitation } from '../../shared/invitation.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { DeskSettings } from '../ipc/client.ts';
import { RowActions } from './row-actions.tsx';
import { RowDetails } from './row-details.tsx';
import { RowSummary } from './row-summary.tsx';
import { AttemptList } from './attempt-list.tsx';

/** The place of a row in a list of which only a part exists. */
export type RowPlace = {
  readonly index: number;
  /** How many rows the whole list has; -1 while nobody knows. */
  readonly setSize: number;
  /** The height of the rows between this one and the one before it that do not exist. */
  readonly gapPx: number;
  readonly measure: (row: HTMLLIElement | null) => void;
};

/** Whether a row is open, kept outside of it: the row may be scrolled out of existence. */
export type RowOpening = {
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
};

type Props = {
  readonly invitation: Invitation;
  readonly settings: DeskSettings;
  readonly now: EpochMs;
  readonly onAct: (action: Action) => void;
  /** What stands at the end of the closed row. */
  readonly children: ReactNode;
  /** What an opened row offers at its end. */
  readonly more?: ReactNode;
  readonly place?: RowPlace;
  /** Whether it is open, where that outlives the row; left out: the row keeps it itself. */
  readonly opening?: RowOpening;
  /** What a person must know before they choose; always to be seen. */
  readonly explanation?: string;
};

/** An invitation in a list: closed it is a line, opened it tells its story, and what can be done is beside it. */
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
