import { useId } from 'react';
import type { DeskSettings } from '../desk.ts';
import { useWords } from '../words.ts';
import type { Filling } from './use-filling.ts';

type Props = { readonly settings: DeskSettings | null; readonly filling: Filling };

/** For which business and by whom: only where there is a choice. */
export function ChoiceFields({ settings, filling }: Props) {
  const { t } = useWords();
  const businessId = useId();
  const staffId = useId();
  const businesses = settings?.businesses ?? [];
  const staff = settings?.staff ?? [];
  if (businesses.length < 2 && staff.length === 0) return null;
  return (
    <div className="choices">
      {businesses.length > 1 && (
        <div className="field">
          <label htmlFor={businessId}>{t('invite.business')}</label>
          <select
            id={businessId}
            className="input select"
            value={filling.business?.id}
            onChange={(event) => filling.chooseBusiness(event.currentTarget.value)}
          >
            {businesses.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      {staff.length > 0 && (
        <div className="field">
          <label htmlFor={staffId}>{t('invite.staff')}</label>
          <select
            id={staffId}
            className="input select"
            value={filling.staff ?? ''}
            onChange={(event) => filling.chooseStaff(event.currentTarget.value)}
          >
            <option value="">{t('invite.nobody')}</option>
            {staff.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
    </div>
  );
}
