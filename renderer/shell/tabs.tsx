import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import { useEffect, useEffectEvent, useId, type ReactNode } from 'react';
import { BellMark } from '../components/icons.tsx';
import { useTranslations } from '../i18n/translations.ts';

const TABS = ['invite', 'outbox', 'history', 'settings'] as const;
export type TabName = (typeof TABS)[number];

type Props = {
  readonly selected: TabName;
  readonly onSelect: (tab: TabName) => void;
  /** The number of unsent invitations. */
  readonly waiting: number;
  readonly children: ReactNode;
};

/** The head of the window with its tabs; Ctrl or Cmd with 1 to 4 selects one from anywhere. */
export function Tabs({ selected, onSelect, waiting, children }: Props) {
  const { t } = useTranslations();
  const waitingId = useId();
  useTabKeys(onSelect);
  return (
    <BaseTabs.Root
      className="shell"
      value={selected}
      onValueChange={(value: unknown) => {
        const tab = TABS.find((name) => name === value);
        if (tab !== undefined) onSelect(tab);
      }}
    >
      <header className="shell-header">
        <p className="brand">
          <BellMark />
          <span>{t('product')}</span>
        </p>
        <BaseTabs.List className="tabs" aria-label={t('tab.all')}>
          {TABS.map((name, at) => (
            <BaseTabs.Tab
              key={name}
              value={name}
              className="tab"
              aria-label={t(`tab.${name}`)}
              aria-keyshortcuts={`Control+${at + 1} Meta+${at + 1}`}
              aria-describedby={name === 'outbox' && waiting > 0 ? waitingId : undefined}
            >
              {t(`tab.${name}`)}
              {name === 'outbox' && waiting > 0 && (
                <span className="badge" aria-hidden="true" data-count={waiting} />
              )}
            </BaseTabs.Tab>
          ))}
        </BaseTabs.List>
        <span id={waitingId} hidden>
          {t('tab.waiting', { count: waiting })}
        </span>
      </header>
      {children}
    </BaseTabs.Root>
  );
}

type PanelProps = {
  readonly name: TabName;
  /** Keeps a panel mounted while another one is shown. */
  readonly isKept?: boolean;
  readonly children: ReactNode;
};

/** The content of one tab. */
export function TabPanel({ name, isKept = false, children }: PanelProps) {
  return (
    <BaseTabs.Panel className="panel" value={name} keepMounted={isKept} tabIndex={-1}>
      {children}
    </BaseTabs.Panel>
  );
}

function useTabKeys(onSelect: (tab: TabName) => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    // The digit row by position: on a French keyboard these keys type & é " '.
    const at = ['Digit1', 'Digit2', 'Digit3', 'Digit4'].indexOf(event.code);
    const tab = TABS[at];
    if (!isShortcut || tab === undefined) return;
    event.preventDefault();
    onSelect(tab);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
