import { useId } from 'react';
import { cleanName } from '../../../shared/customer-name.ts';
import { useTranslations } from '../../i18n/translations.ts';
import { useTextDraft } from '../settings-drafts.tsx';
import { LockedNote } from '../fields/locked-note.tsx';
import { useLock, useSettings, useSaveSetting } from '../settings-context.tsx';
import { SharedStaffRow } from './shared-staff-row.tsx';
import { RemovedRow } from '../fields/removed-row.tsx';
import { StatusRegion } from '../../components/status-message.tsx';
import { FieldForm } from '../../components/text-field.tsx';
import { useRemovals } from '../fields/use-removals.ts';
import './staff-row.css';

const NAME_MAX = 100;
const keyOf = (name: string): string => name;
const STAFF_MAX = 100;

/** The names offered as the sender of an invitation: the key does not identify a person. */
export function StaffRow() {
  const { t } = useTranslations();
  const {
    settings: { staff },
  } = useSettings();
  const lock = useLock('staff');
  const isLocked = lock !== null;
  const { said, setSaid, update } = useSaveSetting();
  const { rows, remove, undo } = useRemovals({
    stored: staff,
    keyOf,
    change: (next, gone) =>
      update(
        (settings) => ({ staff: [...next(settings.staff)] }),
        gone === null ? undefined : t('settings.list.removed', { name: gone }),
      ),
  });
  const headingId = useId();
  const [draft, setName] = useTextDraft('staff');
  const name = draft ?? '';
  const saidId = useId();

  const add = async (): Promise<void> => {
    const typed = cleanName(name);
    if (typed === '') return setSaid({ kind: 'bad', text: t('settings.staff.empty') });
    if (staff.includes(typed)) return setSaid({ kind: 'bad', text: t('settings.staff.twice') });
    if (staff.length >= STAFF_MAX) {
      return setSaid({ kind: 'bad', text: t('settings.staff.tooMany', { most: STAFF_MAX }) });
    }
    const isAdded = await update((settings) => ({
      staff: [...settings.staff.filter((one) => one !== typed), typed],
    }));
    if (isAdded) setName(null);
  };
  return (
    <div className="staff" role="group" aria-labelledby={headingId}>
      <h3 id={headingId}>{t('settings.staff.title')}</h3>
      <p className="hint">{t('settings.staff.hint')}</p>
      <LockedNote lock={lock} />
      {rows.length > 0 && (
        <ul className="names" aria-label={t('settings.staff.title')}>
          {rows.map(({ item: one, isRemoved }) =>
            isRemoved ? (
              <RemovedRow key={one} name={one} onUndo={() => void undo(one)} />
            ) : (
              <li key={one}>
                <span dir="auto">{one}</span>
                {!isLocked && (
                  <button
                    type="button"
                    className="button button-quiet"
                    aria-label={t('settings.staff.removeNamed', { name: one })}
                    onClick={() => void remove(one)}
                  >
                    {t('settings.staff.remove')}
                  </button>
                )}
              </li>
            ),
          )}
        </ul>
      )}
      {!isLocked && <SharedStaffRow />}
      {!isLocked && (
        <FieldForm
          label={t('settings.staff.name')}
          maxLength={NAME_MAX}
          value={name}
          onType={setName}
          wrongBy={said?.kind === 'bad' ? saidId : undefined}
          button={t('settings.staff.add')}
          onSubmit={() => void add()}
        />
      )}
      <StatusRegion said={said} id={saidId} />
    </div>
  );
}
