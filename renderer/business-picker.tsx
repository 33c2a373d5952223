import { Combobox } from '@base-ui/react/combobox';
import { useMemo, useState, type KeyboardEvent } from 'react';
import type { Business } from '../shared/settings.ts';
import './business-picker.css';
import { createFinder } from './find-businesses.ts';
import { useWords } from './words.ts';

/** As many as somebody looks through; the others are found by typing on. */
const SHOWN = 50;

type Props = {
  readonly id: string;
  readonly label: string;
  readonly businesses: readonly Business[];
  readonly value: string;
  readonly onChoose: (id: string) => void;
};

/** A business among thousands: a part of its name is typed, and one of those that are left is taken. */
export function BusinessPicker({ id, label, businesses, value, onChoose }: Props) {
  const { t } = useWords();
  const find = useMemo(() => createFinder(businesses), [businesses]);
  const chosen = businesses.find((business) => business.id === value) ?? null;
  const [isOpen, setOpen] = useState(false);
  // Null: nothing is typed, so what is chosen stands there.
  const [typed, setTyped] = useState<string | null>(null);
  const found = useMemo(() => find(typed ?? ''), [find, typed]);
  const shown = found.slice(0, SHOWN);

  // An Enter that was meant for the list must not send for the business that was chosen before.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isOpen && event.key === 'Enter') event.preventDefault();
  };
  return (
    <Combobox.Root<Business>
      items={shown}
      filter={null}
      autoHighlight
      value={chosen}
      inputValue={typed ?? chosen?.name ?? ''}
      isItemEqualToValue={(one, other) => one.id === other.id}
      itemToStringLabel={({ name }) => name}
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        if (!open) setTyped(null);
      }}
      onInputValueChange={(text, { reason }) => {
        if (reason === 'input-change') setTyped(text);
      }}
      onValueChange={(business) => {
        // Emptying the field chooses nothing.
        if (business === null) return;
        setTyped(null);
        onChoose(business.id);
      }}
    >
      <Combobox.Input
        id={id}
        aria-label={label}
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
            <Combobox.List className="picker-list" aria-label={label}>
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
