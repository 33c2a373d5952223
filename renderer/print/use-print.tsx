import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useIpc } from '../ipc/use-ipc.ts';
import type { StatusMessage } from '../components/status-message.tsx';
import { SystemDialogPin } from '../shell/system-dialog-pin.tsx';
import './print.css';

type Job = { readonly sheet: ReactNode; readonly pin?: string };

/** Prints content: `print` renders it beside the page, visible only on paper. */
export function usePrint(say: (said: StatusMessage | null) => void): {
  readonly print: (sheet: ReactNode) => void;
  /** Must be part of the rendered output. */
  readonly sheet: ReactNode;
} {
  const ipc = useIpc();
  const [job, setJob] = useState<Job | null>(null);
  /** The content to print after a manager has typed the PIN. */
  const [guarded, setGuarded] = useState<ReactNode>(null);
  const printSheet = useEffectEvent(async ({ sheet, pin }: Job) => {
    say(null);
    const answer = await ipc.call('page.print', { pin });
    setJob(null);
    if (answer.ok) return;
    if (answer.failure.kind === 'pin-needed') setGuarded(sheet);
    else say({ kind: 'failure', failure: answer.failure });
  });
  useEffect(() => {
    if (job !== null) void printSheet(job);
  }, [job]);
  return {
    print: (sheet) => setJob({ sheet }),
    sheet: (
      <>
        {guarded !== null && (
          <SystemDialogPin
            onPin={(pin) => setJob({ sheet: guarded, pin })}
            onClose={() => setGuarded(null)}
          />
        )}
        {job !== null &&
          createPortal(<div className="print-sheet">{job.sheet}</div>, document.body)}
      </>
    ),
  };
}
