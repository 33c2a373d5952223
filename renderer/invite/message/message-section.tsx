import { lazy, Suspense, useId } from 'react';
import { IconChevron } from '../../components/icons.tsx';
import { useTranslations } from '../../i18n/translations.ts';
import type { Message } from './use-message.ts';

const MessagePanel = lazy(async () => ({
  default: (await import('./message-editor.tsx')).MessageEditor,
}));

/** `open`: opened by the user. `attended`: the text has an error, and the cursor moves there. */
export type EditorState = 'closed' | 'open' | 'attended';

/** Longer than one line. */
const LINE_MAX = 150;

type Props = {
  readonly message: Message;
  readonly name: string;
  readonly looking: EditorState;
  /** The id of the element with the error; undefined without one. */
  readonly wrongBy: string | undefined;
  readonly onLook: (looking: EditorState) => void;
};

/** Shows in one line which text is sent; expands to the editor. */
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
