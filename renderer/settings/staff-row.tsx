import { useId, useState } from 'react';
import { cleanName } from '../../shared/customer-name.ts';
import { useWords } from '../words.ts';
import { LockedNote } from './locked-note.tsx';
import { useIsLocked, useOffice, useSave } from './office.tsx';
import { SaidRegion } from '../said.tsx';
import { FieldForm } from './text-field.tsx';
import './staff-row.css';

const NAME_MAX = 100;
const STAFF_MAX = 100;

/** Who can be chosen as the sender of an invitation: the key does not tell. */
export function StaffRow() {
  const { t } = useWords();
  const {
    settings: { staff },
  } = useOffice();
  const isLocked = useIsLocked('staff');
  const { said, setSaid, save } = useSave();
  const headingId = useId();
  const [name, setName] = useState('');

  const add = async (): Promise<void> => {
    const typed = cleanName(name);
    if (typed === '') return setSaid({ kind: 'bad', text: t('settings.staff.empty') });
    if (staff.includes(typed)) return setSaid({ kind: 'bad', text: t('settings.staff.twice') });
    if (staff.length >= STAFF_MAX) {
      return setSaid({ kind: 'bad', text: t('settings.staff.tooMany', { count: STAFF_MAX }) });
    }
    if (await save({ staff: [...staff, typed] })) setName('');
  };
  return (
    <div className="staff" role="group" aria-labelledby={headingId}>
      <h3 id={headingId}>{t('settings.staff.title')}</h3>
      <p className="hint">{t('settings.staff.hint')}</p>
      {isLocked && <LockedNote />}
      {staff.length > 0 && (
        <ul className="names" aria-label={t('settings.staff.title')}>
          {staff.map((one) => (
            <li key={one}>
              <span dir="auto">{one}</span>
              {!isLocked && (
                <button
                  type="button"
                  className="button button-quiet"
                  aria-label={t('settings.staff.removeNamed', { name: one })}
                  onClick={() => void save({ staff: staff.filter((other) => other !== one) })}
                >
                  {t('settings.staff.remove')}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!isLocked && (
        <FieldForm
          label={t('settings.staff.name')}
          maxLength={NAME_MAX}
          value={name}
          onType={setName}
          button={t('settings.staff.add')}
          onSubmit={() => void add()}
        />
      )}
      <SaidRegion said={said} />
    </div>
  );
}
