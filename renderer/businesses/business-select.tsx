import { lazy, Suspense } from 'react';
import type { Business } from '../../shared/settings.ts';
import type { HowChosen } from './business-picker.tsx';
import { MANY_BUSINESSES } from './search-businesses.ts';

const BusinessPicker = lazy(async () => ({
  default: (await import('./business-picker.tsx')).BusinessPicker,
}));

type Props = {
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

/** Chooses a business: a native select for short lists, a field with a search for long ones. */
export function BusinessSelect(props: Props) {
  const { id, businesses, value, onChoose } = props;
  if (businesses.length <= MANY_BUSINESSES) {
    return <Options id={id} businesses={businesses} value={value} onChoose={onChoose} />;
  }
  const chosen = businesses.filter((business) => business.id === value);
  return (
    <Suspense fallback={<Options id={id} businesses={chosen} value={value} onChoose={onChoose} />}>
      <BusinessPicker {...props} />
    </Suspense>
  );
}

function Options({ id, businesses, value, onChoose }: Omit<Props, 'label' | 'onUnclear'>) {
  return (
    <select
      id={id}
      className="input select"
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value, 'in-list')}
    >
      {businesses.map((business) => (
        <option key={business.id} value={business.id} dir="auto">
          {business.name}
        </option>
      ))}
    </select>
  );
}
