import type { MouseEvent } from 'react';
import { IconUndo } from '../icons.tsx';
import { useWords } from '../words.ts';
import './removed-row.css';

/** Whether a click is the second one of a double click, whose first one has done what was wanted. */
export function isSecondClick(event: MouseEvent): boolean {
  return event.detail > 1;
}

/** What stands in a list in the place of an entry that was removed. */
export function RemovedRow({
  name,
  onUndo,
}: {
  readonly name: string;
  readonly onUndo: () => void;
}) {
  const { t } = useWords();
  return (
    <li className="removed-row">
      <span>
        <s dir="auto">{name}</s>
      </span>
      <button
        type="button"
        className="button button-quiet"
        aria-label={t('settings.list.undoNamed', { name })}
        onClick={(event) => {
          if (!isSecondClick(event)) onUndo();
        }}
      >
        <IconUndo />
        {t('settings.list.undo')}
      </button>
    </li>
  );
}
