import { Combobox } from '@base-ui/react/combobox';
import { useEffect, useEffectEvent, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Business } from '../../shared/settings.ts';
import './business-picker.css';
import { createBusinessSearch } from './search-businesses.ts';
import { useTranslations } from '../i18n/translations.ts';

/** As many as a user scans; typing more finds the others. */
const SHOWN = 50;
/** How many precede the chosen one when the list opens. */
const BEFORE = SHOWN / 2;

export type BusinessFieldProps = {
  readonly id: string;
  /** The label's text: an open list hides the label from assistive technology. */
  readonly label: string;
  /** Must keep its identity while its content is unchanged. */
  readonly businesses: readonly Business[];
  readonly value: string;
  readonly onChoose: (id: string, how: HowChosen) => void;
  /** Called when the field's text starts or stops matching no business. Omitted: such a text is cleared on leaving. */
  readonly onUnclear?: (isUnclear: boolean) => void;
};

/** `by-click-elsewhere`: a click beside the list closed it and chose its target before the name was visible. */
export type HowChosen = 'in-list' | 'by-click-elsewhere';

/** Scrolls the chosen business into view when the list opens. */
function showChosen(list: HTMLElement | null): void {
  list?.querySelector('[data-selected]')?.scrollIntoView({ block: 'center' });
}

/**
 * Picks a business among thousands: the user types a part of its name and picks a match. Leaving the field picks the
 * highlighted one, so that the field never shows another business than the chosen one.
 */
export function BusinessPicker({
  id,
  label,
  businesses,
  value,
  onChoose,
  onUnclear,
}: BusinessFieldProps) {
  const { t } = useTranslations();
  const find = useMemo(() => createBusinessSearch(businesses), [businesses]);
  const chosen = businesses.find((business) => business.id === value) ?? null;
  const [isOpen, setOpen] = useState(false);
  // Null: nothing is typed, so the field shows the chosen business.
  const [typed, setTyped] = useState<string | null>(null);
  const found = useMemo(() => find(typed ?? ''), [find, typed]);
  // While typing, the list starts at the best match; when opened, around the chosen business.
  const chosenAt = typed === null && chosen !== null ? found.indexOf(chosen) : 0;
  const from = Math.max(0, Math.min(chosenAt - BEFORE, found.length - SHOWN));
  const shown = found.slice(from, from + SHOWN);
  /** The business that the arrow keys have highlighted. */
  const reached = useRef<Business | null>(null);
  const isUnclear = typed !== null && !isOpen;

  const tellUnclear = useEffectEvent((unclear: boolean) => onUnclear?.(unclear));
  useEffect(() => {
    tellUnclear(typed !== null);
    return () => tellUnclear(false);
  }, [typed]);
  const [shownValue, setShownValue] = useState(value);
  if (shownValue !== value) {
    // The form got another invitation, with its business.
    setShownValue(value);
    setTyped(null);
  }

  const choose = (business: Business, how: HowChosen): void => {
    setTyped(null);
    reached.current = null;
    onChoose(business.id, how);
  };
  const leave = (how: HowChosen): void => {
    const isEmptied = typed?.trim() === '';
    const highlighted = reached.current ?? (typed === null || isEmptied ? null : found[0]) ?? null;
    if (highlighted !== null) return choose(highlighted, how);
    if (onUnclear !== undefined) return;
    const all = isEmptied ? businesses.find((business) => business.id === '') : undefined;
    if (all !== undefined) choose(all, how);
    else setTyped(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter in the list must not send for the previously chosen business.
    if (event.key === 'Enter' && (isOpen || isUnclear)) event.preventDefault();
    // Escape clears this text, not the form.
    if (event.key === 'Escape' && isUnclear) {
      event.preventDefault();
      setTyped(null);
    }
  };
  return (
    <Combobox.Root<Business>
      items={shown}
      filter={null}
      autoHighlight
      // The pointer may only be passing over an entry.
      highlightItemOnHover={false}
      value={chosen}
      inputValue={typed ?? chosen?.name ?? ''}
      isItemEqualToValue={(one, other) => one.id === other.id}
      itemToStringLabel={({ name }) => name}
      open={isOpen}
      onOpenChange={(open, { reason }) => {
        setOpen(open);
        if (open) reached.current = null;
        else if (reason === 'escape-key') setTyped(null);
        else if (reason === 'outside-press') leave('by-click-elsewhere');
        else if (reason !== 'item-press') leave('in-list');
      }}
      onItemHighlighted={(business, { reason }) => {
        if (reason === 'keyboard') reached.current = business ?? null;
      }}
      onInputValueChange={(text, { reason }) => {
        if (reason !== 'input-change') return;
        reached.current = null;
        setTyped(text);
      }}
      onValueChange={(business) => {
        // Clearing the field chooses nothing.
        if (business !== null) choose(business, 'in-list');
      }}
    >
      <Combobox.Input
        id={id}
        data-field="business"
        aria-label={label}
        aria-invalid={isUnclear && onUnclear !== undefined}
        className="input picker"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        onKeyDown={onKeyDown}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Combobox.Portal>
        <Combobox.Positioner className="picker-place" sideOffset={4}>
          <Combobox.Popup className="picker-popup">
            <Combobox.List ref={showChosen} className="picker-list" aria-label={label}>
              {shown.map((business) => (
                <Combobox.Item key={business.id} value={business} className="picker-item">
                  <bdi>{business.name}</bdi>
                </Combobox.Item>
              ))}
            </Combobox.List>
            <Combobox.Status className="picker-status">
              {found.length === 0 && t('invite.noSuchBusiness')}
              {found.length > SHOWN && t('invite.moreBusinesses', { count: found.length - SHOWN })}
            </Combobox.Status>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
