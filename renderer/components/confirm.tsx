import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useOneAtATime } from './use-one-at-a-time.ts';
import { IconAlert } from './icons.tsx';
import './confirm.css';

type Props = {
  /** The label of the button that opens the question. */
  readonly ask: string;
  /** A more precise label where several buttons look the same. */
  readonly askAbout?: string;
  readonly yes: string;
  readonly no: string;
  readonly isBusy?: boolean;
  /** The question stays open until this has resolved. */
  readonly onYes: () => Promise<void>;
  /** The consequences of "yes". */
  readonly children: ReactNode;
};

/** Asks for a confirmation in place of its button; the button gets the focus back. */
export function Confirm({ ask, askAbout, yes, no, isBusy = false, onYes, children }: Props) {
  const [isAsking, setAsking] = useState(false);
  const oneAtATime = useOneAtATime();
  const first = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (!isAsking && wasAsking.current) first.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);

  const carryOut = async (): Promise<void> => {
    if (isBusy) return;
    await onYes();
    setAsking(false);
  };
  if (!isAsking) {
    return (
      <button
        ref={first}
        type="button"
        className="button"
        aria-label={askAbout}
        aria-disabled={isBusy}
        onClick={() => setAsking(!isBusy)}
      >
        {ask}
      </button>
    );
  }
  return (
    <Question
      yes={yes}
      no={no}
      isBusy={isBusy}
      onYes={() => void oneAtATime('yes', carryOut)}
      onNo={() => setAsking(false)}
    >
      {children}
    </Question>
  );
}

type QuestionProps = Pick<Props, 'yes' | 'no' | 'isBusy' | 'children'> & {
  readonly onYes: () => void;
  readonly onNo: () => void;
};

/** A question with two answers, shown in place of its button. The safe answer has the focus. */
export function Question({ yes, no, isBusy = false, onYes, onNo, children }: QuestionProps) {
  const questionId = useId();
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => safe.current?.focus(), []);
  return (
    <div className="note confirm" role="group" aria-labelledby={questionId}>
      <IconAlert />
      <div id={questionId}>{children}</div>
      <div className="buttons">
        <button ref={safe} type="button" className="button" onClick={onNo}>
          {no}
        </button>
        <button type="button" className="button" aria-disabled={isBusy} onClick={onYes}>
          {yes}
        </button>
      </div>
    </div>
  );
}
