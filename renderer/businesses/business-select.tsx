import { lazy, Suspense } from 'react';
import type { BusinessFieldProps } from './business-picker.tsx';
import { MANY_BUSINESSES } from './search-businesses.ts';

const BusinessPicker = lazy(async () => ({
  default: (await import('./business-picker.tsx')).BusinessPicker,
}));

/** Chooses a business: a native select for short lists, a field with a search for long ones. */
export function BusinessSelect(props: BusinessFieldProps) {
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

function Options({
  id,
  businesses,
  value,
  onChoose,
}: Omit<BusinessFieldProps, 'label' | 'onUnclear'>) {
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
