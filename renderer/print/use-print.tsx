import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useDesk } from '../hooks.ts';
import type { Said } from '../said.tsx';
import './print.css';

/** Puts something on paper: `print` draws it beside the page, where only the printer sees it. */
export function usePrint(say: (said: Said | null) => void): {
  readonly print: (sheet: ReactNode) => void;
  /** Belongs somewhere into what is rendered. */
  readonly sheet: ReactNode;
} {
  const desk = useDesk();
  const [sheet, setSheet] = useState<ReactNode>(null);
  const printSheet = useEffectEvent(async () => {
    say(null);
    const answer = await desk.call('page.print', {});
    setSheet(null);
    if (!answer.ok) say({ kind: 'failure', failure: answer.failure });
  });
  useEffect(() => {
    if (sheet !== null) void printSheet();
  }, [sheet]);
  return {
    print: setSheet,
    sheet:
      sheet === null
        ? null
        : createPortal(<div className="print-sheet">{sheet}</div>, document.body),
  };
}
