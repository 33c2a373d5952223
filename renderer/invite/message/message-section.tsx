import { lazy, Suspense, useId } from 'react';
import { IconChevron } from '../../components/icons.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import type { Message } from './use-message.ts';

const MessagePanel = lazy(async () => ({
  default: (await import('./message-editor.tsx')).MessageEditor,
}));

/** Open: somebody looks; attended: something is wrong with the text, and the cursor belongs there. */
export type EditorState = 'closed' | 'open' | 'attended';

/** More than fits into one line. */
const LINE_MAX = 150;

type Props = {
  readonly message: Message;
  readonly name: string;
  readonly looking: EditorState;
  /** The element that says what is wrong with the text; undefined while nothing is. */
  readonly wrongBy: string | undefined;
  readonly onLook: (looking: EditorState) => void;
};

/** One line says which text goes out; behind it the text can be written. */
export function MessageSection({ message, name, looking, wrongBy, onLook }: Props) {
  const { t } = useTranslations();
  const panelId = useId();
  const isOpen = looking !== 'closed';
  return (
    <section className="message" data-open={isOpen}>
      <button
        type="button"
        className="message-line"
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={() => onLook(isOpen ? 'closed' : 'open')}
      >
        <span className="message-title">{t('invite.message.title')}</span>
        <span className="message-which">
          {message.text?.slice(0, LINE_MAX) ?? t('invite.message.template')}
        </span>
        <IconChevron />
      </button>
      <div id={panelId} hidden={!isOpen}>
        {isOpen && message.rules !== null && (
          <Suspense fallback={null}>
            <MessagePanel
              message={message}
              rules={message.rules}
              name={name}
              isAttended={looking === 'attended'}
              wrongBy={wrongBy}
            />
          </Suspense>
        )}
      </div>
    </section>
  );
}
