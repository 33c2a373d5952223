import { useEffect, useEffectEvent, useState } from 'react';
import type { MessageProblem } from '../../../shared/sms/message.ts';
import type { OwnMessage, LastChoices } from '../../../shared/last-choices.ts';
import type { AnyFailure } from '../../ipc/client.ts';
import { useDelay } from '../../time/use-clock.ts';
import { useIpc } from '../../ipc/use-ipc.ts';

/** The SMS rules, loaded only where a custom text is used or written. */
export type MessageRules = Pick<
  typeof import('../../../shared/sms/message.ts'),
  | 'checkMessage'
  | 'findForeignPlaceholders'
  | 'previewMessage'
  | 'repairMessage'
  | 'MESSAGE_MAX'
  | 'MESSAGE_TYPED_MAX'
>;

/** Save only after a pause in typing, not at every key. */
const PAUSE_MS = 400;
const NONE: OwnMessage = { text: '', isUsed: false };

type Edited = { readonly businessId: string; readonly own: OwnMessage };

/** Provides the invitation's text, remembered per business. `isOpen`: the editor is open. */
export function useMessage(
  remembered: LastChoices | null,
  businessId: string | undefined,
  isOpen: boolean,
) {
  const ipc = useIpc();
  const [edited, setEdited] = useState<Readonly<Record<string, OwnMessage>>>({});
  const [unkept, setUnkept] = useState<Edited | null>(null);
  /** A text written while there was no business: it belongs to the first one. */
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
    // A text that is too long to send stays in the field with its error, and is not saved.
    if (unkept.own.text.length > rules.MESSAGE_TYPED_MAX) return;
    const { businessId: about, own: message } = unkept;
    void ipc
      .call('lastChoice.save', { kind: 'message', businessId: about, message })
      .then((answer) => setFailure(answer.ok ? null : answer.failure));
  };
  useDelay(unkept === null || rules === null ? null : PAUSE_MS, unkept, keep);
  // Save the last text even when the window closes during the pause.
  const keepLast = useEffectEvent(keep);
  useEffect(() => {
    const listener = (): void => keepLast();
    window.addEventListener('pagehide', listener);
    return () => window.removeEventListener('pagehide', listener);
  }, []);

  const write = (next: OwnMessage): void => {
    if (businessId === undefined) return setEarly(next);
    // The unsaved text may belong to another business.
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
    /** The text to send; null uses Partoo's template. */
    text,
    /** Null: no text can be written yet, because the saved one is unknown. */
    rules: remembered === null ? null : rules,
    /** Saves the last text at once: used before sending. */
    keep,
    /** Why the text could not be saved. */
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

/** Null until loaded; a failure to load is handled by the error boundary. */
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
