import { useEffect, useEffectEvent, useState } from 'react';
import type { MessageProblem } from '../../../shared/sms/message.ts';
import type { OwnMessage, LastChoices } from '../../../shared/last-choices.ts';
import type { AnyFailure } from '../../ipc/client.ts';
import { useDelay, useIpc } from '../../ipc/use-ipc.ts';

/** What an SMS can hold. Loaded only where a custom text is used or written. */
export type MessageRules = Pick<
  typeof import('../../../shared/sms/message.ts'),
  | 'checkMessage'
  | 'findForeignPlaceholders'
  | 'previewMessage'
  | 'repairMessage'
  | 'MESSAGE_MAX'
  | 'MESSAGE_TYPED_MAX'
>;

/** Whoever writes does not want a line in the log for every key. */
const PAUSE_MS = 400;
const NONE: OwnMessage = { text: '', isUsed: false };

type Edited = { readonly businessId: string; readonly own: OwnMessage };

/** The text that goes with the invitation, remembered per business. `isOpen`: somebody looks at it. */
export function useMessage(
  remembered: LastChoices | null,
  businessId: string | undefined,
  isOpen: boolean,
) {
  const desk = useIpc();
  const [edited, setEdited] = useState<Readonly<Record<string, OwnMessage>>>({});
  const [unkept, setUnkept] = useState<Edited | null>(null);
  /** What was written while there was no business: it belongs to the first one. */
  const [early, setEarly] = useState<OwnMessage>(NONE);
  const [failure, setFailure] = useState<AnyFailure | null>(null);
  const isAdopted = businessId !== undefined && early.text !== '';
  const own =
    businessId === undefined || isAdopted
      ? early
      : (edited[businessId] ?? remembered?.messages[businessId] ?? NONE);
  const text = own.isUsed && own.text.trim() !== '' ? own.text : null;
  const rules = useMessageRules(isOpen || text !== null);

  const keep = (): void => {
    if (unkept === null || rules === null) return;
    setUnkept(null);
    // More than can ever be sent stays in the field and is not written down: it says so itself.
    if (unkept.own.text.length > rules.MESSAGE_TYPED_MAX) return;
    const { businessId: about, own: message } = unkept;
    void desk
      .call('desk.remember', { kind: 'message', businessId: about, message })
      .then((answer) => setFailure(answer.ok ? null : answer.failure));
  };
  useDelay(unkept === null || rules === null ? null : PAUSE_MS, unkept, keep);
  // Whoever closes the window in the middle of a pause has written it all the same.
  const keepLast = useEffectEvent(keep);
  useEffect(() => {
    const listener = (): void => keepLast();
    window.addEventListener('pagehide', listener);
    return () => window.removeEventListener('pagehide', listener);
  }, []);

  const write = (next: OwnMessage): void => {
    if (businessId === undefined) return setEarly(next);
    // The one before may be another business's.
    if (unkept !== null && unkept.businessId !== businessId) keep();
    setEdited((before) => ({ ...before, [businessId]: next }));
    return setUnkept({ businessId, own: next });
  };
  const adopt = useEffectEvent(() => {
    write(early);
    setEarly(NONE);
  });
  useEffect(() => {
    if (isAdopted) adopt();
  }, [isAdopted]);

  return {
    own,
    /** What is sent along; null leaves it to Partoo's template. */
    text,
    /** Null: nothing can be written yet, because it is not known what was written before. */
    rules: remembered === null ? null : rules,
    /** Writes down at once what was written last: whoever sends has finished with it. */
    keep,
    /** Why what was written could not be kept. */
    failure,
    problemWith: (name: string): MessageProblem | null => {
      if (text === null || rules === null) return null;
      const checked = rules.checkMessage(text, { name });
      return checked.ok ? null : checked.problem;
    },
    write,
  };
}

export type Message = ReturnType<typeof useMessage>;

/** Null until they are there; a failure to load them is the error boundary's. */
function useMessageRules(isNeeded: boolean): MessageRules | null {
  const [rules, setRules] = useState<MessageRules | null>(null);
  useEffect(() => {
    if (!isNeeded) return;
    import('../../../shared/sms/message.ts').then(
      (loaded) => setRules(loaded),
      (error: unknown) =>
        setRules(() => {
          throw error;
        }),
    );
  }, [isNeeded]);
  return rules;
}
